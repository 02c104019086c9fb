"""Joining, leaving, and looking after who belongs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import services
from communities.access import get_answerable, get_community, get_managed, get_membership, is_decided, note_look
from communities.forms import JoinForm, RemoveForm
from communities.joining import Entry, may_join
from communities.listings import members_context
from communities.models import CommunityPage, Membership, Role, State
from communities.permissions import has_facilitator, is_steward, membership_of, stands_in
from core.editors import is_hub_team
from people.requests import SignedInRequest


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
    if decision.entry is Entry.ACCEPT:
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
    if request.method != "POST":
        return render(request, "communities/leave.html", {"page": community, "membership": membership})
    was_in = membership.is_active
    try:
        services.leave(membership)
    except services.CannotLeave as refusal:
        messages.error(request, str(refusal))
        return redirect(community.url)
    words = _("You have left %(community)s.") if was_in else _("You no longer ask to join %(community)s.")
    messages.success(request, words % {"community": community.title})
    return redirect("/" if was_in and community.is_private else community.url)


def has_left(request: SignedInRequest, slug: str) -> bool:
    """Whether the viewer's membership of the community has ended."""
    mine = Membership.objects.filter(person=request.user, community__slug=slug)
    return mine.exists() and not mine.current().exists()


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs; for its facilitators also who asked, who waits and who was invited."""
    community = get_community(request, slug)
    steward = is_steward(request.user, community)
    answers = steward or stands_in(request.user, community)
    context = members_context(request, community, steward=steward, answers=answers)
    return render(request, "communities/members.html", context)


@login_required
@require_POST
def accept(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let in somebody who asked."""
    community = get_answerable(request, slug)
    if is_decided(request, community, pk):
        return too_late(request, community)
    membership = get_membership(request, community, pk, State.ASKED, State.WAITING, State.ACTIVE)
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
    if is_decided(request, community, pk):
        return too_late(request, community)
    membership = get_membership(request, community, pk, State.ASKED, State.WAITING, State.ACTIVE)
    services.decline(membership, by=request.user, answer=request.POST.get("answer", "")[:300])
    if membership.is_active:
        return too_late(request, community)
    messages.success(request, _("%(person)s was declined.") % {"person": membership.person})
    return back(request, community)


@login_required
@require_POST
def change_role(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another part."""
    community = get_managed(request, slug)
    if is_decided(request, community, pk):
        return too_late(request, community)
    membership = get_membership(request, community, pk, State.ACTIVE)
    role = request.POST.get("role")
    if role not in Role.values:
        raise Http404
    try:
        services.change_role(membership, Role(role), by=request.user)
    except services.CannotLeave as refusal:
        messages.error(request, str(refusal))
    else:
        if not membership.is_active:
            return too_late(request, community)
        messages.success(request, f"{membership.person}: {membership.get_role_display()}.")
    return back(request, community)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask why, then end somebody else's membership. The hub team may leave a community without a facilitator."""
    community = get_managed(request, slug)
    if is_decided(request, community, pk):
        return too_late(request, community)
    membership = get_membership(request, community, pk, State.ACTIVE)
    if membership.person_id == request.user.pk:
        return redirect("communities:leave", slug=slug)
    note_look(request, community)
    is_last = membership.is_facilitator and services.is_last_facilitator(membership, alone=True)
    form = RemoveForm(request.POST or None, asks_twice=is_last)
    if request.method == "POST" and form.is_valid():
        meant = form.cleaned_data.get("without", False)
        try:
            services.remove(membership, request.user, form.cleaned_data["reason"], leave_without_facilitator=meant)
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


def too_late(request: SignedInRequest, community: CommunityPage) -> HttpResponse:
    """For whoever opened the page before somebody else decided: how it stands now. It names nobody."""
    messages.info(request, _("Somebody has decided this meanwhile. The page shows how it stands now."))
    return back(request, community)


def back(request: SignedInRequest, community: CommunityPage) -> HttpResponse:
    """Where whoever looks after members goes on: the members page, or the hub team's own."""
    return redirect(back_url(request, community))


def back_url(request: SignedInRequest, community: CommunityPage) -> str:
    """The members page for facilitators and their stand-ins; the hub team's page for those who are none."""
    is_theirs = is_steward(request.user, community) or stands_in(request.user, community)
    name = "members" if is_theirs or not is_hub_team(request.user) else "facilitators"
    return reverse(f"communities:{name}", args=[community.slug])
