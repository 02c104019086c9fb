"""What every engine can do. One behavioural test suite holds each of them to it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indexing.documents import Document

OTHER_VERSION = "Another version of the hub made the search index: run “manage.py search rebuild”."
FACETS = ("kind", "community", "topic", "year")  # a community is counted and chosen by its key
Filters = Mapping[str, frozenset[str]]
Progress = Callable[[int], None]


class EngineUnavailable(Exception):
    """The engine cannot answer now: its index is missing, broken or out of reach."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked.

    ``tokens`` and ``filters`` hold before anything is ranked, by both retrievers. ``listed_only`` leaves out documents
    below the floors; without it every candidate is ranked, which is what measuring needs. ``sure`` leaves out more:
    what shares only some of the words and is not near in meaning either. It may be worth a look, and speaks for nobody.
    ``text`` may hold phrases in quotation marks, which everything that is found must hold, and beginnings of words with
    a star (see ``indexing.text_analysis``). ``also`` are further words that mean the same as some of ``text``: they
    find, but need not stand in a document that holds every word. Without ``passages`` a hit comes with whichever
    passage costs nothing to find.
    """

    text: str
    tokens: frozenset[str]
    filters: Filters = field(default_factory=dict)
    lexical: bool = True
    dense: bool = True
    listed_only: bool = True
    sure: bool = False
    passages: bool = True
    like: str = ""  # a document's key: rank by nearness to it instead of to the text
    start: int = 0
    size: int = 20
    also: str = ""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A ranked document as the index keeps it, with the passage that answers best."""

    key: str
    score: float
    cosine: float
    kind: str
    title: str
    url: str
    summary: str
    topics: tuple[str, ...]
    people: tuple[Any, ...]
    community: str
    community_key: str
    language: str
    date: date | None
    source: str
    extra: Mapping[str, str]
    tokens: frozenset[str]
    passage: str
    page: int = 0  # where the passage stands in a file with pages, from one
    whole: bool = False  # whether it holds every word that was asked for


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of the ranking, and true counts of all of it.

    ``counts`` has for each facet the number of documents per value, as if nothing were chosen in that facet itself.
    ``dense`` says whether the sentence model took part. ``reachable`` is how many of the total can be paged to,
    where an engine ranks only the best.
    """

    hits: Sequence[IndexedDocument]
    total: int
    counts: Mapping[str, Counter[str]]
    dense: bool
    reachable: int | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the index holds of a document, to be compared with what it should hold."""

    content: str
    rights: str


@dataclass(frozen=True, slots=True)
class TitleRequest:
    """What somebody has typed so far. A title matches where it holds every word of it by its beginning, in any order.

    Each kind of ``groups`` gets a ranking of its own of at most ``size`` titles; all other kinds share the last one.
    """

    typed: str
    tokens: frozenset[str]
    groups: Sequence[str] = ()
    size: int = 8


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title that matches; ``line`` is the title as it is compared with what was typed."""

    key: str
    kind: str
    line: str


class Engine(ABC):
    """An index of documents that ranks them for a viewer."""

    @abstractmethod
    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Add or replace documents. What did not change is left alone; changed rights alone embed nothing."""

    @abstractmethod
    def remove(self, keys: Iterable[str]) -> None:
        """Forget documents; unknown keys are fine."""

    @abstractmethod
    def rebuild(
        self,
        documents: Iterable[Document],
        changed: Callable[[Sequence[str]], Iterable[Document]],
        progress: Progress | None = None,
    ) -> None:
        """Build the index anew beside the old one and swap, while readers go on.

        ``changed`` is asked for the documents whose keys changed in the old index meanwhile.
        """

    @abstractmethod
    def search(self, request: Request) -> ResultPage:
        """The ranking for one request; EngineUnavailable when there is none to be had."""

    @abstractmethod
    def titles(self, request: TitleRequest) -> Sequence[Sequence[TitleMatch]]:
        """For each group the best titles that the tokens open: those that begin as was typed, then the short ones, then
        the newest. EngineUnavailable when there are none to be had.
        """

    @abstractmethod
    def words_near(self, words: Sequence[str], tokens: frozenset[str]) -> Mapping[str, Mapping[str, int]]:
        """For each of ``words`` those near to it (``indexing.edit_distance``), itself included, that stand in titles,
        summaries and topics of documents that the tokens open, with the number of these documents.
        """

    @abstractmethod
    def holding(self, word: str, tokens: frozenset[str], size: int) -> Sequence[str]:
        """The keys of some documents that the tokens open and whose title, summary or topics hold the word."""

    @abstractmethod
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        """What is in the index, by key."""

    @abstractmethod
    def stats(self) -> Mapping[str, int | str]:
        """Figures about the index, for the operator."""
