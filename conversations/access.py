"""How views get a conversation or a post: the thing, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.models import CommunityPage
from conversations.models import Conversation, Post
from conversations.permissions import Part, part_of

LARGEST = 2**63 - 1


def get_conversation(request: HttpRequest, pk: int) -> Conversation:
    """The conversation that this viewer may read, or 404."""
    shown = Conversation.objects.shown_to(request.user).select_related(
        "community", "begun_by", "closed_by", "answer__author"
    )
    conversation: Conversation = get_object_or_404(shown, pk=min(pk, LARGEST))
    return conversation


def get_part(request: HttpRequest, pk: int) -> tuple[Conversation, Part]:
    """The conversation, and what this viewer may do there."""
    conversation = get_conversation(request, pk)
    return conversation, part_of(request.user, home_of(conversation))


def get_post(request: HttpRequest, pk: int) -> tuple[Post, Part]:
    """A post of a conversation that this viewer may read, or 404."""
    shown = Conversation.objects.shown_to(request.user)
    posts = Post.objects.filter(conversation__in=shown.order_by().values("pk"))
    post: Post = get_object_or_404(posts.select_related("conversation__community", "author"), pk=min(pk, LARGEST))
    return post, part_of(request.user, home_of(post.conversation))


def home_of(conversation: Conversation) -> CommunityPage:
    """The community that it stands in."""
    if conversation.community is None:
        raise Http404
    return conversation.community
