"""The search page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.audiences import viewer_tokens
from search import services
from search.conf import options
from search.documents import people_cards
from search.engines.base import FACETS, Stored
from search.query import LONGEST, Query, Results

PEOPLE_SHOWN = 4
PEOPLE_ASKED = 12  # some of them opted out, or are not to be seen by this viewer
REASONS = 2


@dataclass(frozen=True, slots=True)
class Knowing:
    """A person who knows, and why we think so."""

    person: Any
    reasons: Sequence[Stored]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    query = read(request.GET)
    tokens = viewer_tokens(request.user)
    found = services.search(query, tokens)
    if not found.hits and found.total:
        found = services.search(query.on_page(found.pages), tokens)
    context = {
        "results": found,
        "query": found.query,
        "page_of_results": page_of_results(found),
        "people": people_who_know(request, found.query, tokens) if found.hits else [],
        "topics": () if found.hits else services.topics(tokens),
        "longest": LONGEST,
    }
    return render(request, "search/results.html", context)


def read(data: QueryDict) -> Query:
    """The query in an address. Nonsense in it is left out, not answered with an error."""
    page = data.get("page", "1")
    return Query.of(
        data.get("q", ""),
        {name: data.getlist(name) for name in FACETS},
        int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def page_of_results(found: Results) -> Page[Any]:
    """The page that the pagination shows; its things are in ``found``."""
    return Paginator(range(found.total), options().page_size).get_page(found.query.page)


def people_who_know(request: HttpRequest, query: Query, tokens: frozenset[str]) -> list[Knowing]:
    """Those who did something about it, beside the first page of what was found."""
    if not query.text or query.page > 1:
        return []
    experts = services.experts(query.text, tokens, exclude={request.user.pk}, limit=PEOPLE_ASKED)
    cards = people_cards([expert.person for expert in experts], request.user)
    known = [expert for expert in experts if expert.person in cards]
    return [Knowing(cards[expert.person], expert.evidence[:REASONS]) for expert in known[:PEOPLE_SHOWN]]
