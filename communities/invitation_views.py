"""Inviting somebody, and answering an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import services
from communities.access import get_stewarded
from communities.forms import InviteForm
from communities.models import Invitation, Membership, State
from communities.views import members_page, welcome
from core.rate_limits import limited
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
@require_POST
@limited("invitations")
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask somebody to join. The answer is the same whether anybody signs in with the address."""
    community = get_stewarded(request, slug)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return members_page(request, community, form)
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    services.ask_address(community, email, request.user, role)
    messages.success(
        request, _("If somebody signs in with %(email)s, they have been asked to join.") % {"email": email}
    )
    return redirect("communities:members", slug=slug)


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.filter(pk=pk, community=get_stewarded(request, slug)).first()
    if invitation is not None and services.withdraw(invitation, by=request.user):
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    else:
        messages.info(request, _("This invitation is open no more. The page shows how it stands now."))
    return redirect("communities:members", slug=slug)


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
