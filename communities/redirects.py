"""Where whoever looks after members goes on when something is done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from communities.permissions import manages_as_member, stands_in
from core.editors import is_hub_team
from people.requests import SignedInRequest


def too_late(request: SignedInRequest, community: CommunityPage) -> HttpResponse:
    """For whoever opened the page before somebody else decided: how it stands now. It names nobody."""
    messages.info(request, _("Somebody has decided this meanwhile. The page shows how it stands now."))
    return back(request, community)


def back(request: SignedInRequest, community: CommunityPage) -> HttpResponse:
    """Where whoever looks after members goes on: the members page, or the hub team's own."""
    return redirect(back_url(request, community))


def back_url(request: SignedInRequest, community: CommunityPage) -> str:
    """The members page for whoever manages it as a member, and for stand-ins; else the hub team's page."""
    person = request.user
    theirs = not is_hub_team(person) or manages_as_member(person, community) or stands_in(person, community)
    return reverse(f"communities:{'members' if theirs else 'facilitators'}", args=[community.slug])
