"""What the pages of saved searches show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.audiences import Viewer, viewer_tokens
from core.pagination import page_of
from indexing.engines.base import EngineUnavailable
from reading.models import SavedSearch
from reading.searches import news, services
from search.answering import SearchAnswer
from search.lookup import titles
from search.presentation import LABELS, label_of
from search.query import Query
from search.synonyms import Groups, groups

if TYPE_CHECKING:
    from django.core.paginator import Page

ON_A_PAGE = 10  # each of them is asked anew
PREFETCHED = "prefetch"  # by a browser that guesses: nobody has looked at anything yet


@dataclass(frozen=True)
class ShownSearch:
    """A saved search in words. ``new`` is how much there is that its owner has not seen, nothing where nobody knows."""

    search: SavedSearch
    title: str
    choices: list[str]
    url: str
    feed_url: str
    new: int | None


def saved_context(request: HttpRequest, owner: Viewer) -> dict[str, Any]:
    """The searches that ``owner`` keeps, a page of them, and the one that they have just removed."""
    page: Page[Any] = page_of(request, services.saved_by(owner), per_page=ON_A_PAGE)
    known = groups()
    named = community_titles((mine.query for mine in page), owner)
    shown = [show(request, mine, how_many_new(mine, owner, known), named) for mine in page]
    return {
        "page_of_searches": page,
        "searches": shown,
        "is_away": any(one.new is None for one in shown),
        "removed": just_removed(request, owner),
        "most": services.MOST,
    }


def how_many_new(mine: SavedSearch, owner: Viewer, known: Groups) -> int | None:
    try:
        return len(news.found_by(mine, owner, groups=known).new)
    except EngineUnavailable:
        return None


def show(request: HttpRequest, mine: SavedSearch, new: int | None, named: Mapping[str, str]) -> ShownSearch:
    query = mine.query
    feed_url = request.build_absolute_uri(feed(mine))
    return ShownSearch(mine, title(query, named), choices(query, named), address(query), feed_url, new)


def community_titles(queries: Iterable[Query], owner: Viewer) -> dict[str, str]:
    """What the chosen communities are called, by their keys, as far as ``owner`` may see them now."""
    keys = frozenset[str]().union(*(query.filters.get("community", ()) for query in queries))
    return titles(keys, viewer_tokens(owner))


def just_removed(request: HttpRequest, owner: Viewer) -> ShownSearch | None:
    """What ``owner`` removed a moment ago, to be brought back."""
    pk = request.GET.get("removed", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    mine = SavedSearch.objects.filter(owner=owner.pk, pk=pk).exclude(removed=None).first()
    return show(request, mine, None, community_titles([mine.query], owner)) if mine else None


def title(query: Query, named: Mapping[str, str]) -> str:
    """What somebody asked; where they only chose, that."""
    return query.text or ", ".join(str(label) for _name, label in labels(query, named)) or _("Everything")


def choices(query: Query, named: Mapping[str, str]) -> list[str]:
    """What was chosen beside the question, a facet each: “Kind: Stories, Guidance”."""
    by_facet: dict[str, list[str]] = {}
    for name, label in labels(query, named):
        by_facet.setdefault(str(LABELS[name]), []).append(str(label))
    return [f"{facet}: {', '.join(chosen)}" for facet, chosen in by_facet.items()] if query.text else []


def labels(query: Query, named: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, values in query.filters.items():
        yield from ((name, label_of(name, value, named)) for value in sorted(values))


def address(query: Query) -> str:
    """Where the search is found, its choices included."""
    data = QueryDict(mutable=True)
    for name, value in fields(query):
        data.appendlist(name, value)
    return f"{reverse('search:results')}?{data.urlencode()}"


def fields(query: Query) -> list[tuple[str, str]]:
    """The search as the fields of a form."""
    asked = [("q", query.text)] if query.text else []
    return asked + [(name, value) for name, values in query.filters.items() for value in sorted(values)]


def feed(mine: SavedSearch) -> str:
    """The secret address of its feed."""
    return reverse("reading:feed", args=[mine.key])


def with_the_results(request: HttpRequest, given: SearchAnswer) -> dict[str, Any] | None:
    """Saving the search that was just asked. Where whoever asks has saved it: what is new to them, here and on other
    pages. What this page shows they have seen, unless a browser only fetched it ahead.
    """
    if not request.user.is_authenticated:
        return None
    found = given.results
    data: dict[str, Any] = {"fields": fields(found.query)}
    mine = services.saved_as(request.user, found.query)
    if mine is None:
        return data
    try:
        everything = news.found_by(mine, request.user, groups=given.known)
    except EngineUnavailable:
        return data | {"mine": mine}
    shown = {hit.key for hit in found.hits}
    new = everything.new_keys
    if request.method == "GET" and PREFETCHED not in request.headers.get("Sec-Purpose", ""):
        news.saw(mine, everything, shown)
    here = len(new & shown)
    return data | {"mine": mine, "new": new, "new_here": here, "new_elsewhere": len(new) - here}
