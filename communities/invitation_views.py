"""Answering an invitation, for whoever has an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import services
from communities.membership_view import as_a_member
from communities.models import Membership, State
from communities.permissions import is_answered_for
from communities.views import welcome
from people.requests import SignedInRequest


def get_invitation(request: SignedInRequest, slug: str) -> Membership:
    """The viewer's own invitation to the live community at ``slug``, or 404."""
    mine = Membership.objects.invited().filter(person=request.user, community__live=True)
    return get_object_or_404(mine.select_related("community", "invited_by"), community__slug=slug)


def answered(request: SignedInRequest, slug: str) -> Membership | None:
    """What the viewer is since they said yes: the button was pressed twice, or an old e-mail opened again."""
    said_yes = Q(state__in=(State.ACTIVE, State.WAITING, State.ASKED), community__live=True)
    mine: Membership | None = Membership.objects.filter(said_yes, person=request.user, community__slug=slug).first()
    return mine


def offered(membership: Membership) -> str:
    """As what they are invited, where it is more than a member."""
    return ", ".join(str(held.role) for held in membership.holdings.kept().shown())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, slug: str) -> HttpResponse:
    """What somebody who was invited needs to decide: what it is called, what it is for, who asks. No more is opened."""
    if mine := answered(request, slug):
        return redirect("communities:members", slug=slug) if mine.is_active else redirect("/")
    membership = get_invitation(request, slug)
    community = membership.community
    if request.method != "POST":
        context = {
            "membership": membership,
            "page": community,
            "is_answered_for": is_answered_for(membership),
            "offered": offered(membership),
            "promise": as_a_member(community, request.user.kind),
        }
        return render(request, "communities/invitation.html", context)
    if request.POST.get("answer") != "yes":
        services.decline_invitation(membership)
        messages.success(request, _("You said no to %(community)s.") % {"community": community.title})
        return redirect("/")
    try:
        membership = services.accept_invitation(membership)
    except services.CannotJoin as refusal:
        messages.error(request, str(refusal))
        return redirect("/")
    messages.success(request, welcome(membership))
    return redirect(community.url if membership.state == State.ACTIVE else "/")
