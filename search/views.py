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

from core.audiences import viewer_tokens
from core.rate_limits import limited
from indexing.conf import options
from indexing.engines.base import FACETS, EngineUnavailable
from reading.searches import listings, news, services as saved
from search import query_log, services
from search.answering import ask
from search.as_you_write import beside
from search.query import LONGEST, Query, Results
from search.synonyms import Groups

PREFETCHED = "prefetch"  # by a browser that guesses: nobody has looked at anything yet


@require_safe
@limited("searches", methods=("GET",))
def results(request: HttpRequest) -> HttpResponse:
    given = ask(read(request.GET), request.user, query_log.heard)
    found = given.results
    context = {
        **as_saved(request, found, given.known),
        "pinned": given.pinned,
        "query": found.query,
        "page_of_results": page_of_results(found),
        "people": given.people,
        "topics": () if found.hits else services.topics(viewer_tokens(request.user)),
        "longest": LONGEST,
        "better": given.better,
        "mended_from": given.mended_from,
        "fields": listings.fields(found.query),
    }
    return render(request, "search/results.html", context)


def as_saved(request: HttpRequest, found: Results, known: Groups) -> dict[str, Any]:
    """The results, and the same search where whoever asks has saved it: then what is new to them is marked, and counted
    here and on other pages. What this page shows they have seen, unless a browser only fetched it ahead.
    """
    mine = saved.saved_as(request.user, found.query) if request.user.is_authenticated else None
    if mine is None:
        return {"results": found}
    try:
        everything = news.found_by(mine, request.user, groups=known)
    except EngineUnavailable:
        return {"results": found, "mine": mine}
    if request.method == "GET" and PREFETCHED not in request.headers.get("Sec-Purpose", ""):
        news.saw(mine, everything, {hit.key for hit in found.hits})
    new = everything.new_keys
    hits = [replace(hit, is_new=hit.key in new) for hit in found.hits]
    here = sum(hit.is_new for hit in hits)
    return {"results": replace(found, hits=hits), "mine": mine, "new_here": here, "new_elsewhere": len(new) - here}


# The one POST without a CSRF token of those that a browser sends: a page tells it by ``sendBeacon`` while it is being
# left, and a beacon carries no header and, on a cached page, an old token. It changes nothing of anybody's: it counts
# one for a question that was asked anyway. The browser's own Sec-Fetch-Site, which no script can write, keeps other
# sites out; a program that writes it itself could as well press the link.
@csrf_exempt
@limited("suggestions")
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Take note that somebody opened a result. A page tells it while it is being left, and waits for no answer."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        query_log.opened(request.POST.get("q", ""))
    return HttpResponse(status=204)


@require_safe
@never_cache
@limited("suggestions", methods=("GET",))
def suggestions(request: HttpRequest) -> JsonResponse:
    """What a search box offers for what stands in it, and what a screen reader says of that."""
    offered = services.suggest(request.GET.get("q", ""), request.user)
    said = ngettext("%(count)d suggestion.", "%(count)d suggestions.", len(offered)) % {"count": len(offered)}
    return JsonResponse(
        {"suggestions": [asdict(one) for one in offered], "said": said if offered else _("No suggestions.")}
    )


@require_POST
@never_cache
@limited("suggestions")
def near(request: HttpRequest) -> HttpResponse:
    """What stands beside a form while somebody writes in it: a piece of a page, empty where there is nothing to say.

    What they write is posted: addresses stand in the logs of whatever a request passes, and a draft is nobody's yet.
    """
    found = beside(request.POST.get("text", ""), request.user, leave_out=request.POST.get("not", ""))
    return render(request, "components/already.html", {"found": found}) if found and found.said else HttpResponse()


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
