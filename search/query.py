"""What somebody asks and what they get."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from core.audiences import Person
from core.normalisation import readable
from core.text import Words, printable
from indexing.engines.base import FACETS
from indexing.text_analysis import bare, phrases

FIRST = 3  # results before the people who know
LONGEST = 500  # characters of a question that are read


@lru_cache(2000)  # a page shows twenty, of few different days
def day_in_words(day: date, _language: str | None) -> str:
    """A day as results show it, in the present language."""
    return date_format(day, "j F Y")


@dataclass(frozen=True, slots=True)
class Query:
    """A question with what was chosen beside it. ``filters`` maps a facet's name to the values chosen in it."""

    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    truncated: bool = False

    @classmethod
    def of(cls, text: str, filters: Mapping[str, Iterable[str]] | None = None, page: int = 1) -> "Query":
        """A query from outside: blanks stripped, too long ones cut, unknown facets left out."""
        text = " ".join(readable(printable(text)).split())
        chosen = {name: frozenset(filter(None, map(readable, (filters or {}).get(name, ())))) for name in FACETS}
        held = {name: values for name, values in chosen.items() if values}
        return cls(text[:LONGEST].strip(), held, max(page, 1), truncated=len(text) > LONGEST)

    @property
    def asks(self) -> bool:
        return bool(self.text or self.filters)

    @property
    def bare(self) -> str:
        """The text without quotation marks of its own, to stand between ours."""
        return bare(self.text)

    @property
    def without_quotes(self) -> str:
        """The bare text, where there are phrases in it: they may have been too strict."""
        return self.bare if phrases(self.text) else ""

    @property
    def text_encoded(self) -> str:
        """The text for an address."""
        return quote(self.text, safe="")

    def on_page(self, page: int) -> "Query":
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, ready to be shown."""

    key: str
    kind: str
    kind_label: Words
    icon: str
    title: str
    url: str
    summary: str
    snippet: SafeString
    text: str
    topics: Sequence[str]
    people: Sequence[Any]
    community: str
    community_key: str
    date: date | None
    source: str
    extra: Mapping[str, str]
    audience: str
    score: float
    good: bool
    page: int = 0  # of the file in which the passage stands
    passage: str = ""  # what answers, as safe HTML, of the best one alone
    version_scope: str = ""  # of the thing, where a fragment of a page shows it
    is_new: bool = False  # to whoever saved the search, since they last looked
    person: Person | None = None  # whom it is about, where the reader may write to them

    @property
    def meta(self) -> str:
        """One line under the snippet: on which page of a file, whose it is, where, and when."""
        page = gettext("Page %(number)s") % {"number": self.page} if self.page else ""
        community = self.community if self.community_key != self.key else ""
        day = day_in_words(self.date, get_language()) if self.date else ""
        return ", ".join(filter(None, (page, community, self.extra.get("place", ""), day)))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many results it would give."""

    value: str
    label: Words
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the results."""

    name: str
    legend: Words
    choices: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found. ``degraded`` says that the answer is less than search can do, and why.

    Where nothing that was found answers, ``hits`` are none, and ``near`` is what lies nearest all the same.
    """

    query: Query
    hits: Sequence[Hit] = ()
    total: int = 0
    pages: int = 0
    facets: Sequence[Facet] = ()
    degraded: Words = ""
    near: Sequence[Hit] = ()

    @property
    def sure(self) -> bool:
        """Whether the hub has something on it."""
        return bool(self.hits)

    @property
    def best(self) -> Hit | None:
        """The first hit of the first page, when its passage really answers."""
        first = self.hits[0] if self.hits and self.query.page == 1 and self.query.text else None
        return first if first and first.good else None

    @property
    def others(self) -> Sequence[Hit]:
        return self.hits[1:] if self.best else self.hits

    @property
    def first(self) -> Sequence[Hit]:
        """Those that stand before the people who know, where there is but one column."""
        return self.others[:FIRST]

    @property
    def further(self) -> Sequence[Hit]:
        return self.others[FIRST:]

    @property
    def further_from(self) -> int:
        return FIRST + 1
