"""The search page, and what is offered to somebody who is typing."""

from dataclasses import asdict, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hub.audiences import viewer_tokens
from hub.parameters import parameter
from search import listening, listings, saved, services, unseen
from search.beside import beside
from search.conf import options
from search.engines.base import FACETS
from search.knowing import Knowing, who_knows
from search.models import SavedSearch
from search.pinned import pinned_to
from search.query import LONGEST, Query, Results

PEOPLE_SHOWN = 4


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    query = read(request.GET)
    tokens = viewer_tokens(request.user)
    found = services.search(query, tokens)
    if not found.hits and found.total:
        found = services.search(query.on_page(found.pages), tokens)
    if not found.degraded:  # what a search that is being repaired did not find says nothing
        listening.heard(query, found.total)
    better = better_words(query, found, request.user)
    mended = services.search(replace(query, text=better), tokens) if better and not found.total else None
    if mended and mended.hits:
        found = mended
    context = {
        "results": found,
        "pinned": list(pinned_to(query.text, request.user)) if query.text and query.page == 1 else [],
        "query": found.query,
        "page_of_results": page_of_results(found),
        "people": people_who_know(request, found.query) if found.hits else [],
        "topics": () if found.hits else services.topics(tokens),
        "longest": LONGEST,
        "better": better,
        "mended_from": query.text if found is mended else "",
        "mine": mine(request, found.query),
        "fields": listings.fields(found.query),
    }
    return render(request, "search/results.html", context)


def mine(request: HttpRequest, query: Query) -> SavedSearch | None:
    """The same search, where whoever asks has saved it; what there is to see of it they see now."""
    if not request.user.is_authenticated:
        return None
    kept = saved.saved_as(request.user, query)
    if kept and query.page == 1:
        unseen.looked(kept, request.user)
    return kept


@csrf_exempt  # it only counts, and only what the hub's own pages tell
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Take note that somebody opened a result. A page tells it while it is being left, and waits for no answer."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        listening.opened(request.POST.get("q", ""))
    return HttpResponse(status=204)


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> JsonResponse:
    """What a search box offers for what stands in it, and what a screen reader says of that."""
    offered = services.suggest(request.GET.get("q", ""), request.user)
    said = ngettext("%(count)d suggestion.", "%(count)d suggestions.", len(offered)) % {"count": len(offered)}
    return JsonResponse(
        {"suggestions": [asdict(one) for one in offered], "said": said if offered else _("No suggestions.")}
    )


@require_safe
@never_cache
def near(request: HttpRequest) -> HttpResponse:
    """What stands beside a form while somebody writes in it: a piece of a page, empty where there is nothing to say."""
    found = beside(parameter(request, "text"), request.user, leave_out=parameter(request, "not"))
    return render(request, "components/already.html", {"found": found}) if found and found.said else HttpResponse()


def better_words(query: Query, found: Results, viewer: Any) -> str:
    """The question in words that the hub knows, where it has some that nothing on the page has."""
    shown = [text for hit in found.hits for text in (hit.title, hit.text, hit.community, *hit.topics)]
    return services.corrected(query.text, viewer, shown) if query.text else ""


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
    size = options().page_size
    return Paginator(range(min(found.total, found.pages * size)), size).get_page(found.query.page)


def people_who_know(request: HttpRequest, query: Query) -> list[Knowing]:
    """Those who did something about it, beside the first page of what was found."""
    if not query.text or query.page > 1:
        return []
    return who_knows(query.text, request.user, PEOPLE_SHOWN)
