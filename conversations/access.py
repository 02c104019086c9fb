"""How views get a conversation or a post: the thing, or 404."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from communities.rights import Basis, NotAllowed, RightsAnswer
from conversations.models import Conversation, Delegation, Guest, Post, Standing
from conversations.permissions import TalkRights, part_of
from conversations.undoable import just_done
from core.audiences import may_see
from core.numbers import LARGEST

ENDED = _("You may not read this conversation any more.")
ONE_NOW = _("This conversation and another one are one now.")
WHOM_TO_ASK = _("Ask whoever invited you.")


class Withheld(Http404):
    """It was taken away. Whoever could read it before is told so at its own address."""


class MergedAway(Http404):
    """Its posts stand in another conversation, ``into``. Where a form was sent, and no view answers it itself,
    ``conversations.middleware`` does.
    """

    def __init__(self, into: int) -> None:
        super().__init__(ONE_NOW)
        self.into = into


def get_part(request: HttpRequest, pk: int) -> tuple[Conversation, TalkRights]:
    """A conversation that this viewer may read, and what they may do there, or 404."""
    # The people whom its page names are fetched with those who wrote its posts (``conversations.showing``).
    shown = Conversation.objects.within_reach_of(request.user).select_related("community", "answer", "promise")
    guests = Guest.objects.filter(conversation=OuterRef("pk"), ended=None)  # who of them reads it now is asked later
    writes = Delegation.objects.in_force().filter(delegate=request.user.pk)
    shown = shown.annotate(just_done=just_done(), has_guests=Exists(guests), reader_writes_for=Exists(writes))
    conversation: Conversation = get_object_or_404(shown, pk=min(pk, LARGEST))
    if conversation.merged_into_id is not None:
        raise MergedAway(conversation.merged_into_id)
    return conversation, _part(request, conversation)


def get_part_to_answer(request: HttpRequest, pk: int) -> tuple[Conversation, TalkRights]:
    """The same for what is sent, with no more of the conversation and its community than that asks: most of what is
    sent is answered by another address. Whatever shows the page again gets it with ``get_part``.
    """
    conversation: Conversation = get_object_or_404(Conversation.objects.to_answer(), pk=min(pk, LARGEST))
    if not (home_of(conversation).live and may_see(request.user, conversation)):
        raise Http404
    if conversation.merged_into_id is not None:
        raise MergedAway(conversation.merged_into_id)
    return conversation, _part(request, conversation)


def say_if_it_ended(request: HttpRequest, pk: int) -> None:
    """For what was sent to a conversation that the writer may not read: whoever could read it before gets back what
    they typed, with a sentence.
    """
    if Standing.objects.filter(person=request.user.pk, conversation=min(pk, LARGEST)).exists():
        raise NotAllowed(RightsAnswer(Basis.NONE, ENDED, WHOM_TO_ASK))


def get_post(request: HttpRequest, pk: int) -> tuple[Post, TalkRights]:
    """A post of a conversation that this viewer may read, or 404."""
    shown = Conversation.objects.within_reach_of(request.user).filter(pk=OuterRef("conversation"))
    posts = Post.objects.filter(Exists(shown))
    post: Post = get_object_or_404(
        posts.select_related("conversation__community", "author", "principal", "voice"), pk=min(pk, LARGEST)
    )
    return post, _part(request, post.conversation)


def _part(request: HttpRequest, conversation: Conversation) -> TalkRights:
    part = part_of(request.user, home_of(conversation))
    if not part.reads(conversation):
        raise Withheld
    return part


def home_of(conversation: Conversation) -> CommunityPage:
    """The community that it stands in."""
    if conversation.community is None:
        raise Http404
    return conversation.community
