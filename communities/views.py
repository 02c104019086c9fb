"""Joining, leaving, and looking after who belongs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import services
from communities.forms import InviteForm, JoinForm
from communities.listings import visible_members
from communities.models import CommunityPage, Membership, Role, State
from communities.permissions import can_join, is_steward, membership_of
from hub.limits import limited
from hub.pagination import page_of
from people.requests import SignedInRequest


def get_community(request: HttpRequest, slug: str) -> CommunityPage:
    """The live community at ``slug`` that this viewer may see, or 404."""
    community: CommunityPage = get_object_or_404(CommunityPage.objects.shown_to(request.user), slug=slug)
    return community


def get_stewarded(request: HttpRequest, slug: str) -> CommunityPage:
    """The community at ``slug`` that this viewer manages, or 404."""
    community = get_community(request, slug)
    if not is_steward(request.user, community):
        raise Http404
    return community


def get_membership(request: HttpRequest, slug: str, pk: int) -> Membership:
    """A present membership of a community that this viewer manages, or 404."""
    memberships = Membership.objects.current().select_related("community", "person")
    return get_object_or_404(memberships, pk=pk, community=get_stewarded(request, slug))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask what brings them here, then join."""
    community = get_community(request, slug)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = services.join(community, request.user, form.cleaned_data["note"])
        except services.CannotJoin as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, membership.welcome())
        return redirect(community.url)
    allowed = can_join(request.user, community, membership_of(request.user, community))
    return render(request, "communities/join.html", {"page": community, "form": form, "allowed": allowed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask once, then leave."""
    community = get_community(request, slug)
    membership = membership_of(request.user, community)
    if membership is None:
        return redirect(community.url)
    if request.method != "POST":
        return render(request, "communities/leave.html", {"page": community, "membership": membership})
    try:
        services.leave(membership)
    except services.CannotLeave as refusal:
        messages.error(request, str(refusal))
        return redirect(community.url)
    messages.success(request, _("You have left %(community)s.") % {"community": community.title})
    return redirect("/" if community.is_private else community.url)


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs; for its facilitators also who asked and who waits."""
    community = get_community(request, slug)
    return render(request, "communities/members.html", _members_context(request, community))


def _members_context(request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    steward = is_steward(request.user, community)
    pending = Membership.objects.filter(community=community, state__in=(State.ASKED, State.WAITING))
    return {
        "page": community,
        "members": page_of(request, visible_members(request, community)),
        "is_steward": steward,
        "pending": list(pending.select_related("person").order_by("state", "since")) if steward else [],
        "invite_form": InviteForm() if steward else None,
        "roles": Role,
    }


@login_required
@require_POST
@limited("invitations")
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring in somebody who has an account."""
    community = get_stewarded(request, slug)
    form = InviteForm(request.POST)
    if not form.is_valid():
        context = {**_members_context(request, community), "invite_form": form}
        return render(request, "communities/members.html", context, status=422)
    membership = services.invite(community, form.person, by=request.user)
    messages.success(
        request, _("%(person)s: %(state)s.") % {"person": form.person, "state": membership.get_state_display()}
    )
    return redirect("communities:members", slug=slug)


@login_required
@require_POST
def accept(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let in somebody who asked."""
    membership = services.accept(get_membership(request, slug, pk), by=request.user)
    if membership.state == State.WAITING:
        messages.info(request, _("There is no free place. %(person)s waits for one.") % {"person": membership.person})
    else:
        messages.success(request, _("%(person)s is a member now.") % {"person": membership.person})
    return redirect("communities:members", slug=slug)


@login_required
@require_POST
def decline(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say no to somebody who asked."""
    membership = get_membership(request, slug, pk)
    if membership.is_active:
        raise Http404
    services.decline(membership, by=request.user)
    messages.success(request, _("%(person)s was declined.") % {"person": membership.person})
    return redirect("communities:members", slug=slug)


@login_required
@require_POST
def change_role(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another part."""
    membership = get_membership(request, slug, pk)
    role = request.POST.get("role")
    if role not in Role.values or not membership.is_active:
        raise Http404
    try:
        services.change_role(membership, Role(role), by=request.user)
    except services.CannotLeave as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{membership.person}: {membership.get_role_display()}.")
    return redirect("communities:members", slug=slug)
