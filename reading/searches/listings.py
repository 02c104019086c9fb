"""What the pages of saved searches show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pagination import page_of
from indexing.engines.base import EngineUnavailable
from reading.models import SavedSearch
from reading.searches import news, services
from search.answering import Given
from search.presentation import LABELS, label_of
from search.query import Query
from search.synonyms import Groups, groups

if TYPE_CHECKING:
    from django.core.paginator import Page

ON_A_PAGE = 10  # each of them is asked anew
PREFETCHED = "prefetch"  # by a browser that guesses: nobody has looked at anything yet


@dataclass(frozen=True)
class Shown:
    """A saved search in words. ``new`` is how much there is that its owner has not seen, nothing where nobody knows."""

    search: SavedSearch
    title: str
    choices: list[str]
    url: str
    feed_url: str
    new: int | None


def saved_context(request: HttpRequest, owner: Any) -> dict[str, Any]:
    """The searches that ``owner`` keeps, a page of them, and the one that they have just removed."""
    page: Page[Any] = page_of(request, services.saved_by(owner), per_page=ON_A_PAGE)
    known = groups()
    shown = [show(request, mine, how_many_new(mine, owner, known)) for mine in page]
    return {
        "page_of_searches": page,
        "searches": shown,
        "is_away": any(one.new is None for one in shown),
        "removed": just_removed(request, owner),
        "most": services.MOST,
    }


def how_many_new(mine: SavedSearch, owner: Any, known: Groups) -> int | None:
    try:
        return len(news.found_by(mine, owner, groups=known).new)
    except EngineUnavailable:
        return None


def show(request: HttpRequest, mine: SavedSearch, new: int | None) -> Shown:
    return Shown(
        mine, title(mine.query), choices(mine.query), address(mine.query), request.build_absolute_uri(feed(mine)), new
    )


def just_removed(request: HttpRequest, owner: Any) -> Shown | None:
    """What ``owner`` removed a moment ago, to be brought back."""
    pk = request.GET.get("removed", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    mine = SavedSearch.objects.filter(owner=owner, pk=pk).exclude(removed=None).first()
    return show(request, mine, None) if mine else None


def title(query: Query) -> str:
    """What somebody asked; where they only chose, that."""
    return query.text or ", ".join(str(label) for _name, label in labels(query)) or _("Everything")


def choices(query: Query) -> list[str]:
    """What was chosen beside the question, a facet each: “Kind: Stories, Guidance”."""
    by_facet: dict[str, list[str]] = {}
    for name, label in labels(query):
        by_facet.setdefault(str(LABELS[name]), []).append(str(label))
    return [f"{facet}: {', '.join(chosen)}" for facet, chosen in by_facet.items()] if query.text else []


def labels(query: Query) -> Iterator[tuple[str, Any]]:
    return ((name, label_of(name, value)) for name, values in query.filters.items() for value in sorted(values))


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


def with_the_results(request: HttpRequest, given: Given) -> dict[str, Any] | None:
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
