"""Writing: a conversation with its answers and the form below them, a new one, and other words for one's own."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.access import get_community
from communities.models import CommunityPage
from conversations import listings, posting_rate, services, showing
from conversations.access import MergedAway, Withheld, get_part, get_part_to_answer, get_post, say_if_it_ended
from conversations.attachments.composer import ComposerFiles, brought, of_post, waiting
from conversations.begun_before import begun_before
from conversations.choices import Kind
from conversations.delegates.forms import kept_behalf
from conversations.delegates.listings import for_whom
from conversations.delegates.rights import begun_for, why_not_changed as not_in_that_name
from conversations.draft_answers import DISCARD, brings_files, saved, was_draft_of
from conversations.forms import BeginForm, EditForm, ReplyForm
from conversations.mentions import services as mentions
from conversations.mentions.candidates import begun_in
from conversations.models import Conversation, Post
from conversations.page import conversation_page
from conversations.permissions import TalkRights, part_of
from conversations.services.drafts import mark_of
from conversations.voices.services import why_not_changed
from core.audiences import forget_tokens
from core.parameters import parameter
from core.rate_limits import limited
from core.typed_forms import words_of
from people.models import User
from people.requests import SignedInRequest

CONFLICT, GONE, UNPROCESSABLE = 409, 410, 422


# -- a new one ---------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("uploads", counts=brings_files)
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a conversation: a question for whoever may see the community, everything else for its members."""
    try:
        community = get_community(request, slug)
    except Http404:
        return begun_before(request, slug)
    part = part_of(request.user, community)
    return _begin(request, community, part) if part.begins else begun_before(request, slug)


def _begin(request: SignedInRequest, community: CommunityPage, part: TalkRights) -> HttpResponse:
    kept = services.draft_at(community, request.user)
    asked = request.GET.get("kind", "")
    about = parameter(request, "about")[: listings.LONGEST_TITLE]
    start = {"kind": asked if asked in part.begins else part.begins[0], "audience": community.audience, "title": about}
    start |= {**kept, "title": kept.get("title") or about, "began": mark_of(kept)}
    files = (
        brought(request, request.user, community)
        if request.method == "POST"
        else waiting(community, request.user, kept)
    )
    people = begun_for(part)
    form = BeginForm(request.POST or None, community=community, begins=part.begins, for_whom=people, initial=start)
    form.offer(request.user)
    context: dict[str, Any] = {"page": community, "form": form, "part": part, "kept": bool(kept), "files": files}
    context["asked"] = about if about != start["title"] else ""  # a draft stands where it would
    if request.method != "POST":
        return render(request, "conversations/begin.html", context)
    if answer := saved(request, community, files, form.typed()):
        return answer
    are_ready = files.are_ready(is_sent="deed" not in request.POST)
    goes_on = are_ready and request.POST.get("deed") != "save"  # what could not be kept stays in its form
    planned = begun_in(community, form.cleaned_data["audience"]) if form.is_valid() and goes_on else None
    if planned is None or not mentions.fit(form, planned, request.user):
        return render(request, "conversations/begin.html", context, status=UNPROCESSABLE)
    said = form.cleaned_data
    if request.POST.get("deed") == "preview":
        preview = mentions.previewed(said["text"], planned, request.user)
        return render(request, "conversations/begin.html", {**context, **preview})
    try:
        key = services.key_for(request.user, said["key"], said["text"])
        posting_rate.see_to(request.user, key)
        conversation = services.begin(
            community,
            Kind(said["kind"]),
            said["title"],
            said["text"],
            said["audience"],
            request.user,
            key,
            closing_day=said.get("closing_day"),
            bring=files.bring,
            topics=form.topic_names,
            behalf=said["behalf"],
        )
    except services.CannotPost as refusal:
        form.add_error(None, str(refusal))
        return posting_rate.slowed(render(request, "conversations/begin.html", context, status=CONFLICT), refusal)
    files.clear()
    if was_draft_of(request, community, said["text"]):
        services.forget_draft(community, request.user)
    return redirect(conversation.url)


# -- a conversation ----------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@limited("uploads", counts=brings_files)
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, a page at a time, and the form to answer."""
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())  # what was typed is kept on the way
    try:
        found, part = (get_part_to_answer if request.method == "POST" else get_part)(request, pk)
    except Withheld:
        return render(request, "conversations/withheld.html", {"typed": words_of(request)}, status=GONE)
    except MergedAway as merged:
        return _in_another(request, pk, merged.into)
    except Http404:
        if request.method == "POST":
            say_if_it_ended(request, pk)
        raise
    if request.method == "POST":
        return _answered(request, found, part)  # type: ignore[arg-type]  # somebody is signed in
    return conversation_page(request, found, part)


def _in_another(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    """It stands in another one now: read there. What was typed for it comes along."""
    if request.method != "POST" or request.POST.get("deed") == DISCARD:
        return redirect(listings.url_after_merge(request, pk, Conversation(pk=into)))
    try:
        found, part = get_part(request, into)
    except MergedAway as merged:
        return _in_another(request, into, merged.into)
    except Http404:
        say_if_it_ended(request, into)
        raise
    files = brought(request, request.user, found)  # type: ignore[arg-type]  # see above
    again = ReplyForm(
        initial={"text": request.POST.get("text", ""), "behalf": kept_behalf(request.POST), "seen": found.last_number},
        for_whom=for_whom(found, part),
    )
    messages.info(
        request, _("This conversation and another one are one now. Your words are below: read it, then send.")
    )
    return conversation_page(request, found, part, form=again, files=files, status=CONFLICT)


def _answered(request: SignedInRequest, found: Conversation, part: TalkRights) -> HttpResponse:
    behalf = kept_behalf(request.POST)
    form = ReplyForm(request.POST, for_whom=for_whom(found, part) if behalf else ())
    kept = {"text": request.POST.get("text", ""), "to": request.POST.get("to", ""), "behalf": behalf}
    files = brought(request, request.user, found, takes=part.replies(found))
    if answer := saved(request, found, files, kept):
        return answer
    are_ready = files.are_ready(is_sent="deed" not in request.POST) and request.POST.get("deed") != "save"
    if not (form.is_valid() and are_ready and mentions.fit(form, found, request.user)):
        return _again(request, found, form=form, files=files, status=UNPROCESSABLE)
    said = form.cleaned_data
    if request.POST.get("deed") == "preview":
        shown = mentions.previewed(said["text"], found, request.user)
        return _again(request, found, form=form, files=files, **shown)
    try:
        has_draft = was_draft_of(request, found, said["text"])
        post = _said_once(found, said, request.user, files, has_draft=has_draft)
    except services.Meanwhile as meanwhile:
        seen = max(post.number for post in meanwhile.posts)
        found, part = get_part(request, found.pk)
        again = ReplyForm(initial={**kept, "key": said["key"], "seen": seen}, for_whom=for_whom(found, part))
        newer = showing.pieces(showing.shown(list(meanwhile.posts), found, part, lambda _number: True, answers=False))
        return conversation_page(request, found, part, form=again, files=files, status=CONFLICT, newer=newer)
    except services.CannotPost as refusal:
        return _refused(request, found, form, files, refusal)
    files.clear()
    return redirect(post.get_absolute_url())


def _again(request: HttpRequest, found: Conversation, form: ReplyForm, **more: Any) -> HttpResponse:
    """Its page, with what was sent: what shows it is looked up now."""
    found, part = get_part(request, found.pk)
    form.offer_names(for_whom(found, part))
    return conversation_page(request, found, part, form=form, **more)


def _said_once(
    found: Conversation, said: Mapping[str, Any], by: User, files: ComposerFiles, *, has_draft: bool
) -> Post:
    lately = posting_rate.of_late(by)
    said_before = (said["text"], by, lately, said["behalf"], said["to"])
    if not files.here and (known := services.said_just_now(found, *said_before)):
        if has_draft:
            services.forget_draft(found, by)
        return known
    key = services.key_for(by, said["key"], said["text"])
    posting_rate.see_to(by, key, lately)
    given = {"key": key, "seen": said["seen"], "in_answer_to": said["to"], "bring": files.bring}
    given |= {"behalf": said["behalf"], "has_draft": has_draft}
    return services.reply(found, said["text"], by, **given)


def _refused(
    request: SignedInRequest, found: Conversation, form: ReplyForm, files: ComposerFiles, refusal: services.CannotPost
) -> HttpResponse:
    """The conversation as it is now, for whoever may still read it. The words wait until they may write there again."""
    forget_tokens(request.user)
    kept = {"text": form.cleaned_data["text"], "behalf": kept_behalf(request.POST)}
    services.keep_draft(found, request.user, {**kept, **files.draft})
    try:
        found, part = get_part(request, found.pk)
    except Http404:
        say_if_it_ended(request, found.pk)
        raise
    form.offer_names(for_whom(found, part))
    if isinstance(refusal, posting_rate.TooFast):
        form.add_error(None, str(refusal))
        return posting_rate.slowed(conversation_page(request, found, part, form=form, files=files), refusal)
    more = {"refusal": str(refusal), "typed": form.cleaned_data["text"]}
    return conversation_page(request, found, part, form=form, files=files, status=CONFLICT, **more)


# -- other words -------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("uploads", counts=brings_files)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what I wrote; what it was stays in its history."""
    post, part = get_post(request, pk)
    if not post.is_of(request.user):
        raise Http404
    form = EditForm(request.POST or None, initial={"text": post.text})
    refusal = "" if part.edits(post.conversation, post) else _why_not(post, request.user)
    is_sent = request.method == "POST"
    files = brought(request, request.user, post, takes=not refusal) if is_sent else of_post(post, request.user)
    if is_sent and form.is_valid() and not refusal and files.are_ready() and _fits(form, post, request.user):
        try:
            services.edit(post, form.cleaned_data["text"], request.user, bring=files.bring)
        except services.CannotPost as error:
            refusal = str(error)
        else:
            files.clear()
            return redirect(post.get_absolute_url())
    context = {"post": post, "form": form, "files": files, "refusal": refusal, "page": post.conversation.community}
    is_bad = form.errors or files.trouble
    status = CONFLICT if refusal and is_sent else UNPROCESSABLE if is_bad else 200
    return render(request, "conversations/edit.html", context, status=status)


def _fits(form: EditForm, post: Post, by: User) -> bool:
    return mentions.fit(form, post.conversation, by, mentions.before(post))


def _why_not(post: Post, by: User) -> str:
    if post.removed:
        return _("This post was removed. It cannot be changed.")
    return not_in_that_name(post, by) or why_not_changed(post) or services.why_not(post.conversation)
