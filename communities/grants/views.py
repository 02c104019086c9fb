"""The register of grants, and what somebody may do in a community."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.access import get_community
from communities.choices import Capability
from communities.grants import feeds, listings
from communities.listings import facilitators_of
from communities.models import Grant
from communities.rights import can
from core.editors import is_hub_team
from people.requests import SignedInRequest


def get_grant(request: HttpRequest, pk: int) -> Grant:
    """The grant, where the reader may see its community, or 404."""
    shown = Grant.objects.shown_to(request.user).select_related("community", "role", "asked_by")
    grant: Grant = get_object_or_404(shown, pk=pk)
    return grant


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every grant that the reader may see."""
    return render(request, "communities/grants/register.html", listings.register_context(request))


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    return feeds.RegisterFeed()(request)


@never_cache
@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    return feeds.table(request)


@require_safe
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """One grant: what, on whose authority, until when, what became of it, and whether the reader may do it now."""
    shown = get_grant(request, pk)
    context = {
        "grant": shown,
        "trail": [{"title": _("Register of grants"), "url": reverse("rights:register")}],
        "line": listings.line_of(shown),
        "history": listings.history_of(shown, request.user),
        "decides": is_hub_team(request.user),
        "may_take_back": shown.is_asked and can(request.user, Capability.MANAGE_MEMBERS, shown.community).is_own,
        "answer": can(request.user, shown.capability, shown.community),
    }
    return render(request, "communities/grants/grant.html", context)


@login_required
@require_safe
def what_i_may(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the reader may do in a community, and why, or why not and whom to ask."""
    community = get_community(request, slug)
    context = {
        "page": community,
        **listings.what_may_i(request.user, community),
        "facilitators": facilitators_of(request, community),
    }
    return render(request, "communities/grants/what_i_may.html", context)
