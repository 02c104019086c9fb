"""The search page, and what is offered to somebody who is typing."""

from collections.abc import Iterable
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
from core.sections import FilledSection, sections_of
from indexing.conf import options
from indexing.engines.base import FACETS
from search import query_log, services
from search.answering import ask
from search.as_you_write import beside
from search.expert_finder import with_people
from search.query import LONGEST, Query, Results


@require_safe
@limited("searches", methods=("GET",))
def results(request: HttpRequest) -> HttpResponse:
    given = ask(read(request.GET), request.user, query_log.log_search)
    found = given.results
    if request.user.is_authenticated:
        found = replace(found, hits=with_people(found.hits, given.people, request.user))
    sections = sections_of("search results", request, given) if found.query.asks else []
    context = {
        "results": with_new(found, sections),
        "sections": sections,
        "pinned": given.pinned,
        "query": found.query,
        "page_of_results": page_of_results(found),
        "people": given.people,
        "topics": () if found.hits else services.topics(viewer_tokens(request.user)),
        "longest": LONGEST,
        "better": given.better,
        "mended_from": given.mended_from,
    }
    return render(request, "search/results.html", context)


def with_new(found: Results, sections: Iterable[FilledSection]) -> Results:
    """The results, each with whether it is new to this reader: a room above may know, and gives the keys as ``new``."""
    new = frozenset[str]().union(*(section.data.get("new", ()) for section in sections))
    return replace(found, hits=[replace(hit, is_new=hit.key in new) for hit in found.hits]) if new else found


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
