"""What is locked while somebody writes or moderates, and rights that are asked under that lock."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from communities.rights import lock
from conversations.errors import CannotPost
from conversations.models import Conversation, Post, Promise
from conversations.permissions import TalkRights, part_of
from conversations.querysets import ConversationQuerySet
from people.models import User

__all__ = [
    "CannotPost",
    "home_of_row",
    "locked",
    "locked_post",
    "locked_to_answer",
    "locked_to_moderate",
    "locked_with_rights",
]


def locked(conversation: Conversation) -> Conversation:
    """The conversation's row, locked, so that posts get their numbers one after another."""
    return _there(_rows().filter(pk=conversation.pk))


def locked_to_answer(conversation: Conversation) -> Conversation:
    """The same with no more than an answer needs. ``has_promise`` says whether a promise hangs on it."""
    promises = Promise.objects.filter(conversation=OuterRef("pk"))
    rows: ConversationQuerySet = _rows().filter(pk=conversation.pk).annotate(has_promise=Exists(promises))
    return _there(rows.to_answer())


def _rows() -> ConversationQuerySet:
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True)
    related: ConversationQuerySet = rows.select_related("community")
    return related


def _there(rows: ConversationQuerySet) -> Conversation:
    row: Conversation | None = rows.first()
    if row is None:
        raise CannotPost(_("This conversation is not there any more."))
    if row.community is None and row.community_id is not None:
        row.refresh_from_db(fields=["community"])  # moved while this waited: PostgreSQL joins what it found before
    return row


def locked_post(post: Post) -> Post:
    """A post as it is now, locked. Lock its conversation first."""
    row: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    return row


def home_of_row(conversation: Conversation) -> CommunityPage:
    if conversation.community is None:
        raise CannotPost(_("The community of this conversation is gone."))
    return conversation.community


def locked_with_rights(conversation: Conversation, by: User) -> tuple[Conversation, TalkRights]:
    """The row and what ``by`` may do there, both as they are now. Whoever takes a role or a grant away locks the
    community, too: a right is used before it is taken away, or not.
    """
    if conversation.community is not None:
        lock(conversation.community)
    row = locked(conversation)
    if row.community_id != conversation.community_id:
        raise CannotPost(_("This conversation was moved to another community meanwhile."))
    return row, part_of(by, home_of_row(row))


def locked_to_moderate(conversation: Conversation, by: User) -> Conversation:
    """The same for what only those who moderate do."""
    row, part = locked_with_rights(conversation, by)
    if not part.moderates:
        raise CannotPost(_("You do not moderate here any more."))
    return row
