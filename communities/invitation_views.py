"""Answering an invitation, for whoever has an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import services
from communities.models import Membership, State
from communities.views import welcome
from people.requests import SignedInRequest


def get_invitation(request: SignedInRequest, slug: str) -> Membership:
    """The viewer's own invitation to the live community at ``slug``, or 404."""
    mine = Membership.objects.invited().filter(person=request.user, community__live=True)
    return get_object_or_404(mine.select_related("community", "invited_by"), community__slug=slug)


def has_answered(request: SignedInRequest, slug: str) -> bool:
    """Whether the viewer is a member already: the button was pressed twice, or an old e-mail opened again."""
    mine = Membership.objects.active().filter(person=request.user, community__live=True)
    return mine.filter(community__slug=slug).exists()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, slug: str) -> HttpResponse:
    """What somebody who was invited needs to decide: what it is called, what it is for, who asks. No more is opened."""
    if has_answered(request, slug):
        return redirect("communities:members", slug=slug)
    membership = get_invitation(request, slug)
    community = membership.community
    if request.method != "POST":
        return render(request, "communities/invitation.html", {"membership": membership, "page": community})
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
