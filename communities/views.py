"""Joining, leaving, and looking after who belongs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import services
from communities.access import Decided, get_answerable, get_community, get_managed, get_membership, note_look
from communities.choices import Capability
from communities.forms import JoinForm, RemoveMemberForm
from communities.joining import JoinOutcome, may_join
from communities.listings import members_context
from communities.models import Membership, State
from communities.permissions import has_facilitator, membership_of, stands_in
from communities.redirects import back, back_url, too_late
from communities.rights import answers
from communities.roles.forms import SuccessorForm
from core.audiences import general_tokens, tokens_of
from people.requests import SignedInRequest

MEMBERS = (Capability.MANAGE_MEMBERS, Capability.INVITE_OUTSIDE)


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
            messages.success(request, welcome(membership))
        return redirect(community.url)
    decision = may_join(request.user, community)
    if decision.entry is JoinOutcome.ACCEPT:
        return redirect("communities:invitation", slug=slug)
    context = {"page": community, "form": form, "decision": decision, "has_facilitator": has_facilitator(community)}
    return render(request, "communities/join.html", context, status=422 if form.errors else 200)


def welcome(membership: Membership) -> str:
    """What the person reads after joining or asking to."""
    words = {
        State.ACTIVE: _("You’re in. %(community)s is now among your communities."),
        State.ASKED: _("You asked to join %(community)s. %(who)s will answer."),
        State.WAITING: _("%(community)s is full. You are on the waiting list until a place is free."),
    }
    who = _("A facilitator") if has_facilitator(membership.community) else _("The hub team")
    return words[State(membership.state)] % {"community": membership.community.title, "who": who}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask once, then leave."""
    if request.method == "POST" and has_left(request, slug):
        return redirect("/")  # sent twice: the first answer said so already
    community = get_community(request, slug)
    membership = membership_of(request.user, community)
    if membership is None or membership.state == State.INVITED:
        return redirect(community.url)
    form = SuccessorForm(request.POST if request.method == "POST" else None, membership=membership)
    was_in = membership.is_active
    if not (form.is_valid() and _leaves(form, membership)):
        context = {"page": community, "membership": membership, "form": form}
        return render(request, "communities/leave.html", context, status=422 if form.errors else 200)
    words = _("You have left %(community)s.") if was_in else _("You no longer ask to join %(community)s.")
    messages.success(request, words % {"community": community.title})
    sees_it_anyway = not tokens_of(community).isdisjoint(general_tokens(request.user))
    return redirect(community.url if sees_it_anyway else "/")


def _leaves(form: SuccessorForm, membership: Membership) -> bool:
    """Whether they could: somebody else may have gone since the form was shown."""
    try:
        services.leave(membership, form.cleaned_data.get("successor"))
    except services.CannotLeave as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def has_left(request: SignedInRequest, slug: str) -> bool:
    """Whether the viewer's membership of the community has ended."""
    mine = Membership.objects.filter(person=request.user, community__slug=slug)
    return mine.exists() and not mine.current().exists()


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs; for its facilitators also who asked, who waits and who was invited."""
    community = get_community(request, slug)
    may = {what: answer for what, answer in answers(request.user, MEMBERS, community).items() if answer.is_own}
    manages = Capability.MANAGE_MEMBERS in may
    context = members_context(
        request,
        community,
        steward=manages and may[Capability.MANAGE_MEMBERS].makes_a_steward,
        manages=manages,
        answers=manages or stands_in(request.user, community),
        invites=Capability.INVITE_OUTSIDE in may,
    )
    return render(request, "communities/members.html", context)


@login_required
@require_POST
def accept(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let in somebody who asked."""
    community = get_answerable(request, slug)
    try:
        membership = get_membership(request, community, pk, State.ASKED, State.WAITING, State.ACTIVE)
    except Decided:
        return too_late(request, community)
    try:
        membership = services.accept(membership, by=request.user)
    except services.CannotJoin as refusal:
        messages.error(request, str(refusal))
        return back(request, community)
    if membership.state == State.WAITING:
        messages.info(request, _("There is no free place. %(person)s waits for one.") % {"person": membership.person})
    elif not membership.is_active:
        return too_late(request, community)
    else:
        messages.success(request, _("%(person)s is a member now.") % {"person": membership.person})
    return back(request, community)


@login_required
@require_POST
def decline(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say no to somebody who asked."""
    community = get_answerable(request, slug)
    try:
        membership = get_membership(request, community, pk, State.ASKED, State.WAITING, State.ACTIVE)
    except Decided:
        return too_late(request, community)
    services.decline(membership, by=request.user, answer=request.POST.get("answer", "")[:300])
    if membership.is_active:
        return too_late(request, community)
    messages.success(request, _("%(person)s was declined.") % {"person": membership.person})
    return back(request, community)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask why, then end somebody else's membership. The hub team may leave a community without a facilitator."""
    community = get_managed(request, slug)
    try:
        membership = get_membership(request, community, pk, State.ACTIVE)
    except Decided:
        return too_late(request, community)
    if membership.person_id == request.user.pk:
        return redirect("communities:leave", slug=slug)
    note_look(request, community)
    form = RemoveMemberForm(request.POST or None, asks_twice=services.leaves_too_few(membership))
    if request.method == "POST" and form.is_valid():
        meant = form.cleaned_data.get("without", False)
        try:
            services.remove(membership, request.user, form.cleaned_data["reason"], leave_without_stewards=meant)
        except services.CannotLeave as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(person)s is no longer a member.") % {"person": membership.person})
            return back(request, community)
    context = {"page": community, "membership": membership, "form": form, "back_url": back_url(request, community)}
    return render(request, "communities/remove.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def removed(request: SignedInRequest, pk: int) -> HttpResponse:
    """What somebody reads whose membership was ended by others."""
    mine = Membership.objects.filter(person=request.user, state=State.ENDED).exclude(reason="")
    membership = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        services.mark_reason_read(membership)
        return redirect("/")
    return render(request, "communities/removed.html", {"membership": membership})
