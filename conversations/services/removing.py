"""Taking a post away, and putting it back. What is first in a conversation takes the conversation with it."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.models import Post
from conversations.notices import number_changed
from conversations.permissions import TalkRights
from conversations.services.locking import CannotPost, locked_post, locked_with_rights
from conversations.services.log import note
from conversations.side_effects import follow_up
from core.registry import Registry
from people.models import User
from search.services import changed

Deed = Callable[[Post, User], object]
REMOVED: Registry[Deed] = Registry("what follows a post that is removed", taken_by="conversations")
PUT_BACK: Registry[Deed] = Registry("what follows a post that is put back", taken_by="conversations")
"""Each gets the post and whoever did it, in the transaction of the change."""


@transaction.atomic
def remove(post: Post, by: User, reason: str = "") -> None:
    """Take a post away. Its place stays; its author reads the reason where somebody else took it away."""
    row, part = locked_with_part(post, by)
    if not part.removes(row):
        raise CannotPost(_("This post cannot be removed by you."))
    if not row.is_of(by):
        take_away(row, by, reason)
        return
    row.removed, row.removed_by = timezone.now(), by
    _save(row)
    _tell(REMOVED, row, by)


def take_away(post: Post, by: User, reason: str) -> None:
    """Remove what somebody else wrote. Whoever calls has locked it, and asked whether ``by`` may."""
    if not reason:
        raise CannotPost(_("Say why. Whoever wrote it reads this."))
    post.removed, post.removed_by, post.why_removed = timezone.now(), by, reason
    post.hidden, post.why_hidden = None, ""
    _save(post)
    note("remove", post.conversation, by, post)
    _tell(REMOVED, post, by)


@transaction.atomic
def put_back(post: Post, by: User) -> None:
    """Undo a removal: their own, or one of those who moderate."""
    row, part = locked_with_part(post, by)
    if not part.puts_back(row):
        raise CannotPost(_("This post cannot be put back by you."))
    is_own = row.is_of(by)
    give_back(row)
    _tell(PUT_BACK, row, by)
    if not is_own:
        note("put_back", row.conversation, by, row)


def give_back(post: Post) -> None:
    """Show again what was removed. Whoever calls has locked it."""
    post.removed, post.removed_by, post.why_removed = None, None, ""
    _save(post)


def set_hidden(post: Post, why: str, *, is_hidden: bool) -> None:
    """Hide a post, or show it again. Whoever calls has locked it."""
    post.hidden, post.why_hidden = (timezone.now(), why) if is_hidden else (None, "")
    _save(post)


def _tell(followers: Registry[Deed], post: Post, by: User) -> None:
    for follow in followers:
        follow(post, by)


def _save(post: Post) -> None:
    """With its conversation, so that lists and search follow."""
    post.save(update_fields=["removed", "removed_by", "why_removed", "hidden", "why_hidden"])
    conversation = post.conversation
    if not post.is_shown and conversation.answer_id == post.pk:
        conversation.answer = None
    if post.is_first:
        conversation.withheld = post.removed or post.hidden
    conversation.save(update_fields=["answer", "withheld"])
    changed(conversation)
    number_changed(conversation)
    follow_up(conversation)


def locked_with_part(post: Post, by: User) -> tuple[Post, TalkRights]:
    """The post and what ``by`` may do there, both as they are now."""
    conversation, part = locked_with_rights(post.conversation, by)
    row = locked_post(post)
    if row.conversation_id != conversation.pk:
        raise CannotPost(_("This post was moved to another conversation meanwhile."))
    row.conversation = conversation
    return row, part
