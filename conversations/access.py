"""How views get a conversation or a post: the thing, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.models import CommunityPage
from conversations.just_done import just_done
from conversations.models import Conversation, Post
from conversations.permissions import Part, part_of
from core.numbers import LARGEST


class Withheld(Http404):
    """It was taken away. Whoever could read it before is told so at its own address."""


class Merged(Http404):
    """Its posts stand in another conversation, ``into``."""

    def __init__(self, into: int) -> None:
        super().__init__()
        self.into = into


def get_conversation(request: HttpRequest, pk: int) -> Conversation:
    """The conversation that this viewer may read, or 404."""
    return get_part(request, pk)[0]


def get_part(request: HttpRequest, pk: int) -> tuple[Conversation, Part]:
    """The conversation, and what this viewer may do there."""
    shown = Conversation.objects.within_reach_of(request.user).select_related(
        "community", "begun_by", "closed_by", "answer__author", "promise__acknowledged_by", "promise__waiting_by"
    )
    conversation: Conversation = get_object_or_404(shown.annotate(just_done=just_done()), pk=min(pk, LARGEST))
    if conversation.merged_into_id is not None:
        raise Merged(conversation.merged_into_id)
    return conversation, _part(request, conversation)


def get_post(request: HttpRequest, pk: int) -> tuple[Post, Part]:
    """A post of a conversation that this viewer may read, or 404."""
    shown = Conversation.objects.within_reach_of(request.user)
    posts = Post.objects.filter(conversation__in=shown.order_by().values("pk"))
    post: Post = get_object_or_404(
        posts.select_related("conversation__community", "author", "voice"), pk=min(pk, LARGEST)
    )
    return post, _part(request, post.conversation)


def _part(request: HttpRequest, conversation: Conversation) -> Part:
    part = part_of(request.user, home_of(conversation))
    if not part.reads(conversation):
        raise Withheld
    return part


def home_of(conversation: Conversation) -> CommunityPage:
    """The community that it stands in."""
    if conversation.community is None:
        raise Http404
    return conversation.community
