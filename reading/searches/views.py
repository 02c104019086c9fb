"""Saving a search, and what becomes of it: the page of one's own searches."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reading.models import SavedSearch
from reading.searches import listings, news, services
from search.views import read

FULL = gettext_lazy(
    "You have %(most)s saved searches, which is as many as one can have. Remove one, then save this one."
)


def get_search(request: HttpRequest, pk: int, *, removed: bool = False) -> SavedSearch:
    """The search ``pk`` that this person keeps, or 404: somebody else's is nobody's business."""
    return get_object_or_404(SavedSearch, pk=pk, owner=request.user.pk, removed__isnull=not removed)


@login_required
@require_safe
@never_cache
def searches(request: HttpRequest) -> HttpResponse:
    """All that one keeps, with what is new in each."""
    return render(request, "reading/saved_searches.html", listings.saved_context(request, request.user))


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that was asked, and go back to it."""
    query = read(request.POST)
    if not query.asks:
        return redirect("search:results")
    try:
        mine = services.save(request.user, query, alerts=request.POST.get("alerts") == "on")
    except services.TooManySearches:
        messages.warning(request, FULL % {"most": services.MOST})
        return redirect(listings.address(query))
    if mine.known is None:
        news.looked(mine, request.user)  # what there is already is no news
    messages.success(request, welcome(mine))
    return redirect(listings.address(mine.query))


def welcome(mine: SavedSearch) -> str:
    """What is said of a search that was just saved."""
    if mine.alerts:
        return _("Saved. When something new turns up we tell you, once a day at most.")
    return _("Saved. Your saved searches say what is new.")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it no longer. The list offers to bring it back; the results (``stay``) to save it again."""
    mine = get_search(request, pk)
    services.remove(mine)
    if "stay" in request.POST:
        messages.success(request, _("Not saved any more."))
        return redirect(listings.address(mine.query))
    return redirect(f"{reverse('reading:searches')}?removed={mine.pk}")


@login_required
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.bring_back(get_search(request, pk, removed=True))
    except services.TooManySearches:
        messages.warning(request, FULL % {"most": services.MOST})
    else:
        messages.success(request, _("The search is saved again, with what you have seen of it."))
    return redirect("reading:searches")


@login_required
@require_POST
def set_alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell of what is new in this search, or no longer."""
    wanted = request.POST.get("alerts") == "on"
    services.set_alerts(get_search(request, pk), wanted=wanted)
    said = (
        _("We tell you when something new turns up, once a day at most.")
        if wanted
        else _("You are told no more of what is new in this search.")
    )
    messages.success(request, said)
    return redirect("reading:searches")


@login_required
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """All that it finds counts as seen: one need not look at every page."""
    mine = get_search(request, pk)
    news.looked(mine, request.user)
    messages.success(request, _("All results are marked as seen."))
    return redirect(listings.address(mine.query) if "stay" in request.POST else "reading:searches")


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret address for the feed of this search."""
    services.renew_address(get_search(request, pk))
    messages.success(request, _("The feed has a new address. The old one no longer works."))
    return redirect("reading:searches")
