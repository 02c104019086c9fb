"""Reads the XML of one part of a Word file in small pieces, and tells of what it meets."""

from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason, Unreadable

CHUNK = 64 * 1024
WORD = "wordprocessingml"  # the namespace has two names, and this in both
# What is said a second time for older programs, what was moved from here, and how things looked before a change.
PASSED_OVER = {"Fallback", "moveFrom", "pPrChange", "rPrChange"}


class Listener(Protocol):
    """What is told of elements, each by its name without the namespace, and of words."""

    def start(self, name: str, values: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def words(self, text: str) -> None: ...


def parse(archive: ZipFile, part: ZipInfo, listener: Listener, limits: Limits) -> Iterator[None]:
    """Tell ``listener`` of everything, with a pause after each piece in which to fetch what it made of it.

    Whatever is wrong with the part is Unreadable, so that whoever listens can keep what was told before.
    """
    parser = parser_for(listener)
    unpacked = 0
    try:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                unpacked += len(piece)
                at_most(limits.unpacked, unpacked, Reason.TOO_BIG)
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail in any way
        raise Unreadable(Reason.BROKEN) from error


def at_most(limit: int, amount: int, reason: Reason) -> None:
    if amount > limit:
        raise Unreadable(reason)


def parser_for(listener: Listener) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    telling = _Telling(listener)
    parser.buffer_text = True
    parser.StartElementHandler = telling.start
    parser.EndElementHandler = telling.end
    parser.CharacterDataHandler = telling.words
    parser.StartDoctypeDeclHandler = refuse
    return parser


def refuse(*_declared: object) -> None:
    """Word declares nothing. Whoever does wants something else: entities that grow without end, or files of ours."""
    raise Unreadable(Reason.BROKEN)


class _Telling:
    """Takes the namespaces off, and passes over what counts as not there."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.passing = 0

    def start(self, name: str, values: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if self.passing or local in PASSED_OVER:
            self.passing += 1
        elif WORD in namespace:
            self.listener.start(local, {key.rpartition(" ")[2]: value for key, value in values.items()})

    def end(self, name: str) -> None:
        namespace, _, local = name.rpartition(" ")
        if self.passing:
            self.passing -= 1
        elif WORD in namespace:
            self.listener.end(local)

    def words(self, text: str) -> None:
        if not self.passing:
            self.listener.words(text)
