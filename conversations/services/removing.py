"""Taking a post away, and putting it back. What is first in a conversation takes the conversation with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.models import Conversation, Post
from conversations.permissions import Part
from conversations.services.locking import CannotPost, locked_post, locked_with_rights
from conversations.services.log import note
from people.models import User
from search.services import changed


@transaction.atomic
def remove(post: Post, by: User, reason: str = "") -> None:
    """Take a post away. Its place stays; its author reads the reason where somebody else took it away."""
    row, part = _locked(post, by)
    if not part.removes(row):
        raise CannotPost(_("This post cannot be removed by you."))
    is_own = row.author_id == by.pk
    if not (is_own or reason):
        raise CannotPost(_("Say why. Whoever wrote it reads this."))
    row.removed, row.removed_by, row.why_removed = timezone.now(), by, "" if is_own else reason
    row.save(update_fields=["removed", "removed_by", "why_removed"])
    conversation = row.conversation
    if conversation.answer_id == row.pk:
        conversation.answer = None
    withhold(conversation, row, row.removed)
    if not is_own:
        note("remove", conversation, by, row)


@transaction.atomic
def put_back(post: Post, by: User) -> None:
    """Undo a removal: their own, or one of those who moderate."""
    row, part = _locked(post, by)
    if not part.puts_back(row):
        raise CannotPost(_("This post cannot be put back by you."))
    row.removed, row.removed_by, row.why_removed = None, None, ""
    row.save(update_fields=["removed", "removed_by", "why_removed"])
    withhold(row.conversation, row, None)
    if row.author_id != by.pk:
        note("put_back", row.conversation, by, row)


def withhold(conversation: Conversation, post: Post, since: datetime | None) -> None:
    """Save the conversation after one of its posts was taken away or put back, so that lists and search follow."""
    if post.is_first:
        conversation.withheld = since
    conversation.save(update_fields=["answer", "withheld"])
    changed(conversation)


def _locked(post: Post, by: User) -> tuple[Post, Part]:
    conversation, part = locked_with_rights(post.conversation, by)
    row = locked_post(post)
    if row.conversation_id != conversation.pk:
        raise CannotPost(_("This post was moved to another conversation meanwhile."))
    row.conversation = conversation
    return row, part
