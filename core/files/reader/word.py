"""Word's .docx: an archive of XML, read from beginning to end without ever holding it as a tree."""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from core.files.reader.limits import Limits
from core.files.reader.markup import at_most, parse
from core.files.reader.paper import BODY, Paper
from core.files.reader.reasons import Reason, Unreadable
from core.files.reader.word_notes import Asides

DOCUMENT = re.compile(r"word/document\d*\.xml")
STYLES = "word/styles.xml"
HEADING = re.compile(r"(?i)(heading \d|title$)")  # what Word itself calls them, whatever its language
LOCKED = b"\xd0\xcf\x11\xe0"  # an older container, in which Word puts what has a password
ARCHIVE = b"PK"
IS_LOCKED = 1  # the bit of an archive's part that has a password


def pages(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """The pages as Word last laid them out; one where it never did."""
    beginning = stream.read(len(LOCKED))
    if not beginning.startswith(ARCHIVE):
        raise Unreadable(Reason.LOCKED if beginning == LOCKED else Reason.MISNAMED)
    try:
        with ZipFile(stream) as archive:
            yield from _pages(archive, limits)
    except BadZipFile as error:
        raise Unreadable(Reason.BROKEN) from error


def _pages(archive: ZipFile, limits: Limits) -> Iterator[str]:
    parts = {info.filename: info for info in archive.infolist()}
    document = next((parts[name] for name in sorted(parts) if DOCUMENT.fullmatch(name)), None)
    if document is None:
        raise Unreadable(Reason.MISNAMED)
    if document.flag_bits & IS_LOCKED:
        raise Unreadable(Reason.LOCKED)
    asides = Asides(archive, parts, limits)
    paper = Paper(headings(archive, parts.get(STYLES), limits), asides.notes, asides.running)
    try:
        for _piece in parse(archive, document, paper, limits):
            yield from paper.finished()
            at_most(limits.characters, paper.letters, Reason.TOO_LONG)
    except Unreadable:
        yield from paper.finished(everything=True)
        raise
    yield from paper.finished(everything=True)
    if asides.trouble:
        raise Unreadable(asides.trouble)
    if asides.has_comments or paper.has_hidden:
        raise Unreadable(Reason.LEFT_OUT)


def headings(archive: ZipFile, part: ZipInfo | None, limits: Limits) -> set[str]:
    """The keys of the styles that make a paragraph a heading, as far as the file says so: its words do without."""
    styles = Styles()
    with suppress(Unreadable):
        deque(parse(archive, part, styles, limits) if part else (), maxlen=0)
    return styles.headings


class Styles:
    """Hears of a document's styles, and remembers which of them are headings'."""

    def __init__(self) -> None:
        self.headings: set[str] = set()
        self.key = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        value = values.get("val", "")
        if name == "style":
            self.key = values.get("styleId", "")
        elif (name == "name" and HEADING.match(value)) or (name == "outlineLvl" and value != BODY):
            self.headings.add(self.key)

    def end(self, name: str) -> None:
        """Nothing of a style is known only at its end."""

    def words(self, text: str) -> None:
        """A style has none."""
