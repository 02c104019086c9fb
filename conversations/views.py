"""Reading: lists of conversations, what is new in one, and what a post said before."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from communities.access import get_community
from conversations import listings, showing
from conversations.access import MergedAway, get_part, get_post
from conversations.begun_before import unsent_in
from conversations.models import Conversation, Post
from conversations.services import read_up_to
from conversations.still_readable import posts_still_for
from conversations.undoable import MERGE
from conversations.unread import unread_in
from core.parameters import parameter
from core.rate_limits import limited
from core.tags import has_it
from core.writing.plain import rich_of
from people.models import User
from people.requests import SignedInRequest

SHOWN_AT_ONCE = 30
GONE_AFTER = "X-Gone-After"
"""Says to the script from which number on its page shows what does not stand there any more."""
NO_CONTENT = 204


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """What is talked about: first in my communities, or wherever the reader may listen."""
    return render(request, "conversations/everywhere.html", listings.everywhere_context(request))


@login_required
@require_safe
@limited("searches", methods=("GET",))
def ask(request: SignedInRequest) -> HttpResponse:
    """Whom to ask: the communities that have most to do with a question, and what there is about it already."""
    return render(request, "conversations/ask.html", listings.ask_context(request, request.user))


@require_safe
def of_community(request: HttpRequest, slug: str) -> HttpResponse:
    """What one community talks about."""
    community = get_community(request, slug)
    context = listings.of_community_context(request, community)
    if isinstance(request.user, User) and not context["part"].is_open:
        context["unsent"] = unsent_in(community, request.user)
    return render(request, "conversations/index.html", context)


@login_required
@require_safe
def first_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go to the first post that I have not seen; to the last one where I have seen all; and to the top, where its title
    stands, where all of it is new.
    """
    try:
        conversation, _part = get_part(request, pk)
    except MergedAway as merged:
        return redirect("conversations:first_new", merged.into)
    unseen = unread_in(conversation, request.user)
    number = unseen.order_by("number").values_list("number", flat=True).first()
    return redirect(conversation.url if number == 1 else conversation.url_of(number or conversation.last_number))


@require_safe
@cache_control(private=True, no_cache=True)
def since(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was said after the post of this number, for the script that asks now and then. Whether anybody looks at it,
    it does not know: that is said by ``read``.
    """
    conversation, part = get_part(request, pk)
    at = f"{conversation.last_posted.timestamp()}"
    tag = f'"{conversation.pk}-{conversation.last_number}-{at}-{request.user.pk}"'
    if has_it(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    before = _still_right(conversation, min(number, 2**31 - 1), parameter(request, "post"))
    there = posts_still_for(part, conversation).shown()
    posts = list(there.after(before).for_reading()[:SHOWN_AT_ONCE])
    shown = showing.shown(posts, conversation, part, lambda _number: True)
    gone = {GONE_AFTER: str(before)} if before < number else {}
    return HttpResponse(showing.pieces(shown), headers={"ETag": tag, **gone})


def _still_right(conversation: Conversation, number: int, key: str) -> int:
    """Up to which post an open page shows what stands here, if its newest is the one of this ``number`` and ``key``. A
    merge that was undone takes posts away from it again, and others get their numbers.
    """
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return number
    if conversation.posts.filter(Q(pk=int(key)) | Q(moved_to=int(key)), number=number).exists():
        return number
    lines = conversation.history.filter(action=MERGE).exclude(undone=None)
    parted = (data["from"] for data in lines.values_list("data", flat=True))
    return min((place for place in parted if place < number), default=number)


@login_required
@require_POST
def read(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The posts up to this one stand before their reader's eyes: said by the script that brought them, once the page is
    looked at. Without it, a page that is opened says so.
    """
    conversation, _part = get_part(request, pk)
    read_up_to(conversation, request.user, min(number, conversation.last_number))
    return HttpResponse(status=NO_CONTENT)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before it was edited. What was removed is gone with all that it said."""
    post, _part = get_post(request, pk)
    if not post.is_shown:
        raise Http404
    return render(request, "conversations/changes.html", _before(post))


def _before(post: Post) -> dict[str, Any]:
    """What it said, and the names of files that stood there: those are gone."""
    taken_out = post.attachments.exclude(removed=None).order_by("-removed")
    versions = post.versions.select_related("by").order_by("-until")
    return {
        "post": post,
        "versions": [(version, rich_of(version.text)) for version in versions],
        "taken_out": list(taken_out),
    }
