"""Pages on which those who moderate move, split, merge and lock: each is two presses."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.models import CommunityPage
from conversations import listings, showing, undoable
from conversations.access import MergedAway, get_part, home_of
from conversations.choices import Kind
from conversations.excerpts import excerpt
from conversations.models import Conversation, Entry
from conversations.moving import services, undoing
from conversations.moving.forms import LockForm, MergeForm, MoveForm, SplitForm
from conversations.permissions import TALKED_IN, TalkRights
from conversations.refusals import say_refused
from conversations.services import CannotPost
from core.audiences import community_pks, viewer_tokens
from core.numbers import LARGEST
from core.text import one_line
from people.prefetching import name_all
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422
EXCERPT = 140  # letters


def _get_moderated(request: SignedInRequest, pk: int) -> Conversation:
    return _get_part(request, pk)[0]


def _get_part(request: SignedInRequest, pk: int) -> tuple[Conversation, TalkRights]:
    conversation, part = get_part(request, pk)
    if not part.moderates:
        raise Http404
    return conversation, part


def _page(request: SignedInRequest, found: Conversation, form: forms.Form, **more: Any) -> HttpResponse:
    context = {"conversation": found, "page": home_of(found), "form": form, **more}
    status = CONFLICT if form.non_field_errors() else UNPROCESSABLE if form.errors else 200
    return render(request, "conversations/moving.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into the community that it belongs to."""
    found = _get_moderated(request, pk)
    if request.POST.get("to") == str(found.community_id):
        return redirect(found.url)  # pressed twice, or somebody else was quicker
    form = MoveForm(request.POST or None, communities=_communities(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            services.move(found, form.cleaned_data["to"], request.user, form.cleaned_data["why"])
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(found.url)
    return _page(
        request,
        found,
        form,
        heading=_("Move this conversation"),
        says=_("Its address stays, and whoever began it is told. Nobody will read it who could not read it before."),
        deed=_("Move it"),
    )


def _communities(request: SignedInRequest, found: Conversation) -> Any:
    """Where whoever moves it may begin such a thing: in their own and, for a question, wherever they may look."""
    shown = CommunityPage.objects.shown_to(request.user).filter(stage__in=TALKED_IN).exclude(pk=found.community_id)
    if found.kind != Kind.QUESTION:
        shown = shown.filter(pk__in=community_pks(viewer_tokens(request.user)))
    return shown.order_by("title")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Some of the posts of one page into a conversation of their own."""
    found, part = _get_part(request, pk)
    if request.method == "POST" and _stands_apart(request, found):
        return redirect(found.url)
    number = listings.asked_page(request, found)
    posts = [post for post in showing.posts_on(found, part, number) if post.is_shown and not post.is_first]
    name_all((post, ("author", "principal")) for post in posts)
    start = {"kind": Kind.DISCUSSION}
    form = SplitForm(request.POST or None, numbers=[post.number for post in posts], initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            new, _entry = services.split(
                found, said["posts"], Kind(said["kind"]), said["title"], request.user, said["why"]
            )
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They stand in a conversation of their own: %(title)s.") % {"title": new.title})
            return redirect(found.url)
    chosen = request.POST.getlist("posts")
    return _page(
        request,
        found,
        form,
        posts=[(post, excerpt(post.html, EXCERPT), str(post.number) in chosen) for post in posts],
        number=number,
        heading=_("Put posts into a conversation of their own"),
        says=_("A link stays at the place of each. Answers, thanks and marks go with them."),
        deed=_("Split them off"),
    )


def _stands_apart(request: SignedInRequest, found: Conversation) -> bool:
    """Whether all that was chosen stands in a conversation of this title already: the button was pressed twice."""
    chosen = {
        int(each) for each in request.POST.getlist("posts") if each.isascii() and each.isdigit() and len(each) < 9
    }
    title = one_line(request.POST.get("title", ""))
    apart = found.posts.filter(number__in=chosen, moved_to__conversation__title=title)
    return bool(chosen) and apart.count() == len(chosen)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into another conversation of the same community, with the same readers."""
    try:
        found = _get_moderated(request, pk)
    except MergedAway as merged:
        if request.POST.get("into") != str(merged.into):
            raise
        return redirect("conversations:conversation", merged.into)  # pressed twice
    others = Conversation.objects.shown_to(request.user).filter(
        community=found.community_id, audience_token=found.audience_token, closed=None
    )
    form = MergeForm(request.POST or None, conversations=others.exclude(pk=found.pk).order_by("-last_posted"))
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            services.merge(found, into, request.user, form.cleaned_data["why"])
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(into.url)
    return _page(
        request,
        found,
        form,
        heading=_("Put this into another conversation"),
        says=_("Its posts stand at the end of the other one, and its address leads there."),
        deed=_("Put them together"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody adds anything for a while."""
    found = _get_moderated(request, pk)
    form = LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.lock(found, request.user, form.cleaned_data["days"], form.cleaned_data["word"])
        except CannotPost as refusal:
            say_refused(request, refusal, form.cleaned_data["word"])
            return redirect(found.url)
        return redirect(undoable.offered_at(found.url))
    return _page(
        request,
        found,
        form,
        heading=_("Lock this conversation for a while"),
        says=_("Everybody reads it, and nobody adds to it. It opens again by itself; you can open it sooner."),
        deed=_("Lock it"),
    )


@login_required
@require_POST
def unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_moderated(request, pk)
    try:
        services.unlock(found, request.user)
    except CannotPost as refusal:
        messages.error(request, str(refusal))
        return redirect(found.url)
    return redirect(undoable.offered_at(found.url))


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was just done."""
    entry = get_object_or_404(Entry.objects.select_related("conversation__community"), pk=min(pk, LARGEST))
    _found, part = get_part(request, entry.conversation_id)
    if entry.by_id != request.user.pk and not part.moderates:
        raise Http404
    try:
        undoing.undo(entry, request.user)
    except CannotPost as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is as it was before."))
    return redirect(entry.conversation.url)
