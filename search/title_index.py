"""What things are called, kept in memory for whoever types a question: suggestions and corrections begin here.

A snapshot holds the words of every title and summary, read with a few short queries whenever a new edition of the hub
has begun. It only says where to look. Whatever is shown is first read from the database again and asked for its rights
(``now``), so that a snapshot of some seconds ago tells nobody of a thing that was hidden since.
"""

import logging
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet

from core import versions
from core.audiences import Viewer, viewer_tokens
from core.models import Topic
from indexing import text_analysis
from indexing.documents import Source, sources
from search.lookup import address_of, visible

logger = logging.getLogger(__name__)

TOPIC = "topic"
REST = 5.0  # seconds between two readings, however fast the hub changes
BREATH = 50  # titles read in one go behind somebody's back, some milliseconds' work
PAUSE = 0.003  # seconds after each
MOST_VIEWERS = 100  # whose rights are kept beside a snapshot, each in a byte for a thing
MOST_CHUNKS = 8  # of what somebody types
SAMPLES = 2  # things about a topic that are read again to see whether the viewer may know of it
PUNCTUATION = re.compile(r"[\W_]+")
# Letters with a stroke are letters of their own to Unicode, and yet nobody without the right keyboard types them.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One title: of a thing, or a topic's name (then ``source`` is ``None`` and ``pk`` its slug)."""

    source: Source[Any] | None
    pk: int | str
    title: str
    about: Sequence[int] = ()  # of a topic: where the things about it stand

    @property
    def kind(self) -> str:
        return self.source.kind if self.source else TOPIC


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as the database has it at this moment."""

    title: str
    summary: str
    url: str
    topics: frozenset[str]

    def says(self, word: str) -> bool:
        """Whether a reader finds the word in what suggestions and corrections are made of."""
        return word in text_analysis.words(" ".join((self.title, self.summary, *self.topics)))


@dataclass(slots=True)
class Snapshot:
    """All titles as one edition of the hub has them. A number is the place of an entry in ``entries``."""

    edition: str
    made: float
    entries: list[Entry] = field(default_factory=list)
    titled: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """For each word, written together and apart ("oneill", "o", "neill"), the titles that have it."""
    written: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """For each word as search reads it the titles and summaries that have it: what there is to be found."""
    by_length: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    ordered: list[str] = field(default_factory=list)
    rights: dict[frozenset[str], bytearray] = field(default_factory=dict)

    def beginning(self, start: str) -> set[int]:
        """Titles with a word that begins so."""
        found: set[int] = set()
        for place in range(bisect_left(self.ordered, start), len(self.ordered)):
            if not self.ordered[place].startswith(start):
                break
            found.update(self.titled[self.ordered[place]])
        return found

    def matching(self, text: str) -> set[int]:
        """Titles that hold every word of ``text`` by its beginning, in any order."""
        found: set[int] | None = None
        for together, pieces in chunks(text)[:MOST_CHUNKS]:
            these = self.beginning(together)
            if len(pieces) > 1:
                these |= set.intersection(*(self.beginning(piece) for piece in pieces))
            found = these if found is None else found & these
        return found or set()

    def visible(self, viewer: Viewer) -> bytearray:
        """For each entry whether ``viewer`` might see it: what the one rule said when somebody with these tokens first
        asked.
        """
        tokens = viewer_tokens(viewer)
        if (held := self.rights.get(tokens)) is None:
            if len(self.rights) >= MOST_VIEWERS:
                self.rights.clear()
            held = self.rights[tokens] = self._ask_rights(viewer)
        return held

    def _ask_rights(self, viewer: Viewer) -> bytearray:
        seen = bytearray(len(self.entries))
        open_to_viewer = {source: _visible_pks(source, viewer) for source in sources()}
        for number, entry in enumerate(self.entries):  # topics stand behind all things
            if entry.source is None:
                seen[number] = any(seen[thing] for thing in entry.about)
            else:
                seen[number] = entry.pk in open_to_viewer.get(entry.source, ())
        return seen

    def now(self, numbers: Iterable[int], viewer: Viewer) -> dict[int, Thing]:
        """These things as they are now, where ``viewer`` may see them now. What was not read here is not shown."""
        wanted: dict[Source[Any], dict[Any, int]] = defaultdict(dict)
        for number in numbers:
            if (source := self.entries[number].source) is not None:
                wanted[source][self.entries[number].pk] = number
        return {places[pk]: thing for source, places in wanted.items() for pk, thing in _things(source, places, viewer)}

    def samples(self, number: int, seen: bytearray) -> list[int]:
        """The things to read in order to know whether an entry may be shown: itself, or some that a topic is about."""
        entry = self.entries[number]
        if entry.source is not None:
            return [number]
        return [thing for thing in entry.about if seen[thing]][:SAMPLES]


def _visible_pks(source: Source[Any], viewer: Viewer) -> set[Any]:
    return set(visible(source, viewer).order_by().values_list("pk", flat=True))


def _things(source: Source[Any], pks: Iterable[Any], viewer: Viewer) -> Iterator[tuple[Any, Thing]]:
    found = visible(source, viewer).filter(pk__in=list(pks))
    topics: dict[Any, list[str]] = defaultdict(list)
    for pk, name, _slug in _topics(source, found):
        topics[pk].append(name)
    for obj in found:
        title, summary = getattr(obj, source.title_field), getattr(obj, "summary", "")
        yield obj.pk, Thing(title, summary, address_of(obj), frozenset(topics[obj.pk]))


# -- words -------------------------------------------------------------------------------------------------------------
def fold(text: str) -> str:
    """As search folds, and strokes through letters taken away."""
    folded = text_analysis.fold(text)
    return folded if folded.isascii() else folded.translate(STROKES)


def chunks(text: str) -> list[tuple[str, list[str]]]:
    """What stands between blanks, written together and in its pieces: “O'Neill” is “oneill”, and “o” and “neill”."""
    split = (list(filter(None, PUNCTUATION.split(chunk))) for chunk in fold(text).split())
    return [("".join(pieces), pieces) for pieces in split if pieces]


@lru_cache(100_000)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple({word for together, pieces in chunks(title) for word in (together, *pieces)})


@lru_cache(100_000)
def _written_words(text: str) -> tuple[str, ...]:
    return tuple(set(text_analysis.words(text)))


@lru_cache(100_000)
def line(text: str) -> str:
    """A title as one compares it with what was typed."""
    return " ".join(together for together, _pieces in chunks(text))


# -- reading -----------------------------------------------------------------------------------------------------------
def read(edition: str, rest: float = 0.0) -> Snapshot:
    """All titles there are now. A few short queries, and no thing is made of any row.

    With a ``rest`` it lets the threads that answer requests go first after some titles each.
    """
    made = Snapshot(edition, monotonic())
    topics: dict[tuple[str, str], list[int]] = defaultdict(list)
    for source in sources():
        places = {}
        for pk, title, summary in _rows(source):
            places[pk] = number = _add(made, Entry(source, pk, title), summary)
            if rest and not number % BREATH:
                sleep(rest)
        for pk, name, slug in _topics(source, source.queryset()):
            if pk in places:
                topics[name, slug].append(places[pk])
    for (name, slug), about in topics.items():
        _add(made, Entry(None, slug, name, about))
    made.ordered = sorted(made.titled)
    for word in made.written:
        made.by_length[word[0], len(word)].append(word)
    return made


def _rows(source: Source[Any]) -> Iterator[tuple[Any, str, str]]:
    names = {one.name for one in source.model._meta.get_fields()}
    fields = ["pk", source.title_field, *(["summary"] if "summary" in names else [])]
    for pk, title, *summary in source.queryset().order_by("pk").values_list(*fields):
        yield pk, title, summary[0] if summary else ""


def _topics(source: Source[Any], queryset: QuerySet[Any]) -> Iterable[tuple[Any, str, str]]:
    """What each thing is about. Topics that a thing only has from another one are read there."""
    lookup = source.depends_on.get(Topic, "")
    if not lookup or "__" in lookup:
        return ()
    about = queryset.order_by("pk").exclude(**{lookup: None})
    return about.values_list("pk", f"{lookup}__name", f"{lookup}__slug")


def _add(made: Snapshot, entry: Entry, summary: str = "") -> int:
    number = len(made.entries)
    made.entries.append(entry)
    for word in _title_words(entry.title):
        made.titled[word].append(number)
    for word in {*_written_words(entry.title), *_written_words(summary)}:
        made.written[word].append(number)
    return number


# -- keeping -----------------------------------------------------------------------------------------------------------
_held: Snapshot | None = None
_reading = Lock()


def current() -> Snapshot:
    """The titles, at most some seconds old.

    The first is waited for; later ones are read in the background, and who types meanwhile gets the one before. Inside
    a transaction nobody else sees what it changed, so that it reads for itself.
    """
    held, edition = _held, versions.current()
    if held is not None and held.edition == edition:
        return held
    if held is None or _in_transaction():
        return _keep(read(edition))
    if monotonic() - held.made > REST and _reading.acquire(blocking=False):
        Thread(target=_read_in_background, args=(edition,), name="search-titles", daemon=True).start()
    return held


def _in_transaction() -> bool:
    return connection.in_atomic_block


def forget() -> None:
    """Read anew at the next question."""
    global _held  # noqa: PLW0603 (one snapshot a process is what it is)
    _held = None


def _keep(made: Snapshot) -> Snapshot:
    global _held  # noqa: PLW0603 (one snapshot a process is what it is)
    _held = made
    return made


def _read_in_background(edition: str) -> None:
    try:
        _keep(read(edition, PAUSE))
    except Exception:
        logger.exception("The titles could not be read; suggestions are those of before.")
    finally:
        connections.close_all()
        _reading.release()
