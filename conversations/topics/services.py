"""Says what a conversation is about."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.models import Conversation, Entry
from conversations.permissions import TalkRights
from conversations.services.locking import CannotPost, locked_with_rights
from conversations.services.log import note
from people.models import User
from search.services import changed


def may_set(part: TalkRights, conversation: Conversation) -> bool:
    """Whoever began it, and those who moderate; as long as somebody may add to it."""
    if not part.person.is_authenticated or not conversation.is_whole:
        return False
    return part.moderates or (part.owns(conversation) and part.replies(conversation))


@transaction.atomic
def set_topics(conversation: Conversation, by: User, names: Collection[str]) -> None:
    """It is about these from now on, and about nothing else."""
    row, part = locked_with_rights(conversation, by)
    if not may_set(part, row):
        raise CannotPost(_("You cannot change what this is about any more."))
    before = {topic.name for topic in row.topics.all()}
    put(row, names)
    after = {topic.name for topic in row.topics.all()}
    if after != before:
        note("topics", row, by, word=_in_a_line(after - before, before - after))


def _in_a_line(new: Collection[str], gone: Collection[str]) -> str:
    """What of it is new, and what is gone, as the history says it."""
    marked = [*(f"+ {name}" for name in sorted(new)), *(f"− {name}" for name in sorted(gone))]
    return ", ".join(marked)[: Entry.WORD]


def put(conversation: Conversation, names: Collection[str]) -> None:
    conversation.topics.set(names)
    changed(conversation)


def follow_split(old: Conversation, new: Conversation) -> None:
    """What was said of the whole is said of its parts, until somebody says it better. Undone, each has its own."""
    if not new.topics.exists():
        put(new, [topic.name for topic in old.topics.all()])


def join(empty: Conversation, whole: Conversation) -> list[str]:
    """It is about both from now on. What was new to it, to take it out again where the two part."""
    before = [topic.name for topic in whole.topics.all()]
    new = [topic.name for topic in empty.topics.all() if topic.name not in before]
    if new:
        put(whole, [*before, *new])
    return new


def part(conversation: Conversation, new: Collection[str]) -> None:
    """Take out what came from another conversation; what was said of it meanwhile stays."""
    names = [topic.name for topic in conversation.topics.all()]
    rest = [name for name in names if name not in new]
    if rest != names:
        put(conversation, rest)
