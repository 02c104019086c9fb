"""What a kind of thing is in the demo council: how it is shaped, checked, loaded and invented.

A new kind is a module in ``demo/kinds``, a line in their list, and its content.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from taggit.models import ItemBase
from wagtail.models import Page

from communities.models import CommunityPage
from core.audiences import Audience
from core.days import midnight
from core.models import HubPage
from demo.cast import Keys
from demo.invention import Inventor
from demo.shaping import ContentError, rows
from home.models import HomePage
from importing.rows import ArchiveRow
from importing.writing import ArchiveWriter, assign

S = TypeVar("S")
T = TypeVar("T")
Faults = Iterator[str]
LONGEST = {"title": 255, "name": 200, "summary": 400}


class ContentKind(Generic[S, T]):
    """Things that are written down as ``S`` and become ``T`` in the hub."""

    name: ClassVar[str]  # of its file, and what others call it
    word: ClassVar[str]  # what one of them is called
    table: ClassVar[str] = ""  # what its tables are called in its file, where that is not its word
    counted: ClassVar[str | Promise] = ""  # how many were loaded, as the command says it; nothing goes unsaid
    needs: ClassVar[tuple[str, ...]] = ()  # the kinds that are loaded before it
    longest: ClassVar[Mapping[str, int]] = LONGEST
    choices: ClassVar[Mapping[str, Sequence[str]]] = {"audience": Audience.values}
    shape: type[S]

    # -- written down --
    def read(self, folder: Path) -> tuple[S, ...]:
        return rows(folder, f"{self.name}.toml", self.table or self.word, self.shape)

    def key(self, thing: S) -> str:
        """What others name it by."""
        return str(thing.slug)  # type: ignore[attr-defined]  # pages and people have one

    def parts(self, thing: S) -> Iterable[Any]:
        """What has texts and choices: the thing itself and shapes within it."""
        return (thing,)

    def names(self, thing: S) -> Iterator[tuple[str, Iterable[str]]]:
        """The things that it names: the name of their kind, and their keys."""
        yield from ()

    def check(self, thing: S, content: "Content") -> Faults:
        """Faults that only this kind has."""
        yield from ()

    # -- loaded --
    def load(self, council: "Council", things: Sequence[S]) -> Iterator[T]:
        """Make them in the hub, in their order."""
        for thing in things:
            yield self.add(council, thing)

    def add(self, council: "Council", thing: S) -> T:
        raise NotImplementedError

    # -- invented, for the large demo --
    writer: ClassVar[type[ArchiveWriter[Any, Any]] | None] = None  # where there is one, any number can be invented
    turn: ClassVar[int] = 0  # when it is invented: lower ones first, then as they are listed

    def said(self, thing: S) -> Iterable[str]:
        """Sentences for everyone about its topics."""
        return ()

    def about(self, thing: S) -> Iterable[str]:
        """Its topics."""
        return getattr(thing, "topics", ())

    def lacking(self, size: Mapping[str, int]) -> int:
        """How many this hub lacks to be large, when it gets ``size`` of those before it."""
        return 0

    def invent(self, inventor: Inventor, number: int) -> Iterable[ArchiveRow]:
        return ()

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        """Give those that were invented their communities and audiences."""


Kinds = Iterable[ContentKind[Any, Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole council as it is written down, by the names of kinds."""

    things: Mapping[str, tuple[Any, ...]]

    def __getitem__(self, kind: ContentKind[S, Any]) -> tuple[S, ...]:
        return self.things.get(kind.name, ())


@dataclass(slots=True)
class Council:
    """What was made so far, by kind and key, so that what follows can name it. ``step`` is called after each thing."""

    now: datetime
    step: Callable[[], None]
    home: HomePage
    content: Content
    keys: Keys = field(default_factory=Keys)
    pages: dict[str, Page] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, kind: ContentKind[Any, T]) -> dict[str, T]:
        return self.made.setdefault(kind.name, {})

    def load(self, kind: ContentKind[S, T]) -> None:
        """Everything of one kind."""
        things = self.content[kind]
        for thing, made in zip(things, kind.load(self, things), strict=True):
            self[kind][kind.key(thing)] = made
            self.step()

    def day(self, days_ago: int) -> date:
        """A day counted back from today; a negative number lies ahead."""
        return timezone.localdate(self.now) - timedelta(days=days_ago)

    def moment(self, days_ago: int) -> datetime:
        """Nine o'clock on such a day, and never later than now."""
        morning = midnight(self.day(days_ago)) + timedelta(hours=9)
        return min(morning, self.now)

    def about(self, page: HubPage, link: type[ItemBase], topics: Iterable[str]) -> None:
        """Say what a page is about; it is written with the page."""
        assign(page, {"topic_links": [link(tag=self.made["topics"][topic]) for topic in topics]})

    def publish(self, index: type[Page], page: Page, published: datetime | None) -> None:
        """Put a page below its index, at another address where an archive has brought one there. A draft is not
        published yet.
        """
        parent = index.objects.get()
        self.pages[page.slug] = page
        if parent.get_children().filter(slug=page.slug).exists():
            page.slug = f"{page.slug}-withermere"
        page.first_published_at = page.last_published_at = published
        parent.add_child(instance=page)


def in_order(kinds: Kinds) -> list[ContentKind[Any, Any]]:
    """Each kind after those that it needs, and otherwise as they are listed."""
    waiting, ordered, done = list(kinds), [], set[str]()
    while waiting:
        kind = next((kind for kind in waiting if done.issuperset(kind.needs)), None)
        if kind is None:
            raise ContentError(f"These need kinds that are not there: {', '.join(kind.name for kind in waiting)}.")
        waiting.remove(kind)
        ordered.append(kind)
        done.add(kind.name)
    return ordered


def in_the_past(where: str, ages: Iterable[int]) -> Faults:
    """What happened lies in the past."""
    yield from (f"{where}: {age} days ago is not in the past." for age in ages if age < 0)
