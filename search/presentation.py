"""Turns what an engine answers into what a page shows."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil, inf
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.audiences import EVERYONE, ORGANISATION, Audience
from core.text import Words
from indexing.conf import Options
from indexing.documents import Source, sources
from indexing.engines.base import IndexedDocument, ResultPage
from search.query import Facet, FacetValue, Hit, Query, Results
from search.snippets import flowing, marked, snippet

LABELS = {"kind": _("Kind"), "community": _("Community"), "topic": _("Topic"), "year": _("Year")}
MOST_CHOICES = 12
NEAR = 3  # things that are shown where nothing answers
NOTHING_ASKED = Query()
NO_TITLES: Mapping[str, str] = {}
UNKNOWN_COMMUNITY = _("A community that you cannot see")


def results(
    query: Query, answer: ResultPage, options: Options, titles: Mapping[str, str] = NO_TITLES, degraded: Words = ""
) -> Results:
    """``titles`` are those of the communities that can be chosen, by their keys."""
    return Results(
        query=query,
        hits=[hit(stored, query, options.good_answer) for stored in answer.hits],
        total=answer.total,
        pages=ceil((answer.total if answer.reachable is None else answer.reachable) / options.page_size),
        facets=[facet(name, answer.counts.get(name, Counter()), query, titles) for name in LABELS],
        degraded=degraded,
    )


def unsure(found: Results, near: Sequence[IndexedDocument]) -> Results:
    """The results where nothing answers: there are none, and some things are near."""
    return replace(
        found, hits=(), total=0, pages=0, facets=(), near=[hit(stored, found.query) for stored in near[:NEAR]]
    )


def with_answer(found: Results, shorten: Callable[[str, str], str]) -> Results:
    """The results with the best passage cut down to the sentences that answer."""
    if found.best is None:
        return found
    short = shorten(found.best.text, found.query.text)
    first = replace(found.best, passage=marked(short, found.query.text))
    return replace(found, hits=[first, *found.hits[1:]])


def hit(stored: IndexedDocument, query: Query = NOTHING_ASKED, good_answer: float = inf) -> Hit:
    """One thing as a page shows it; its passage answers where it is as near to the question as ``good_answer``."""
    source = source_of_kind(stored.kind)
    text = flowing(stored.passage, stored.title) or stored.summary
    good = bool(text) and stored.cosine >= good_answer
    return Hit(
        key=stored.key,
        kind=stored.kind,
        kind_label=source.label_one or source.label if source else stored.kind,
        icon=source.icon if source else "document",
        title=stored.title,
        url=address(stored),
        page=stored.page,
        summary=stored.summary,
        snippet=snippet(text, query.text),
        text=text,
        topics=stored.topics,
        people=stored.people,
        community=stored.community,
        community_key=stored.community_key,
        date=stored.date,
        source=stored.source,
        extra=stored.extra,
        audience=audience_of(stored.tokens),
        score=stored.score,
        good=good,
    )


def address(stored: IndexedDocument) -> str:
    """Where it is read: browsers open a PDF at the page that is named."""
    return f"{stored.url}#page={stored.page}" if stored.page and stored.url.lower().endswith(".pdf") else stored.url


def audience_of(tokens: frozenset[str]) -> str:
    """The widest audience among the tokens, in the words of ``core.audiences.Audience``."""
    if EVERYONE in tokens:
        return Audience.EVERYONE
    return Audience.ORGANISATION if ORGANISATION in tokens else Audience.MEMBERS


def source_of_kind(kind: str) -> Source[Any] | None:
    """The source that names a kind: the first that was registered for it."""
    return next((source for source in sources() if source.kind == kind), None)


def label_of(name: str, value: str, titles: Mapping[str, str]) -> Any:
    """What a facet's choice is called: a community by its title, a kind by its name, all else by its value."""
    if name == "community":
        return titles.get(value, UNKNOWN_COMMUNITY)
    source = source_of_kind(value) if name == "kind" else None
    return source.label if source else value


def facet(name: str, counts: Counter[str], query: Query, titles: Mapping[str, str]) -> Facet:
    """The choices of one facet: what was chosen always, and the fullest others."""
    chosen = query.filters.get(name, frozenset())
    kept = dict(offered(name, counts, titles)) | {value: counts[value] for value in chosen}
    return Facet(
        name,
        LABELS[name],
        [FacetValue(value, label_of(name, value, titles), count, value in chosen) for value, count in kept.items()],
    )


def offered(name: str, counts: Counter[str], titles: Mapping[str, str]) -> list[tuple[str, int]]:
    """The fullest choices. A community without a title is none that this viewer may see now."""
    return [(value, count) for value, count in fullest(name, counts) if name != "community" or value in titles]


def fullest(name: str, counts: Counter[str]) -> list[tuple[str, int]]:
    """As many choices as a facet has room for."""
    return ordered(name, counts)[:MOST_CHOICES]


def ordered(name: str, counts: Counter[str]) -> list[tuple[str, int]]:
    """Years newest first, everything else fullest first."""
    if name == "year":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
