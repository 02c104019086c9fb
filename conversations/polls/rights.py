"""Who sets up, closes and votes in a poll."""

from conversations.choices import POLLED_IN, Voters
from conversations.models import Conversation, Poll
from conversations.permissions import TalkRights


def _goes_on(conversation: Conversation, part: TalkRights) -> bool:
    if not (part.is_open and part.person.is_authenticated and part.person.is_active):
        return False
    return conversation.closed is None and conversation.withheld is None


def leads(conversation: Conversation, part: TalkRights) -> bool:
    """Whoever began the conversation, and those who moderate, look after its poll."""
    if conversation.kind not in POLLED_IN or not part.person.is_authenticated:
        return False
    return part.owns(conversation) or part.moderates


def sets_up(conversation: Conversation, part: TalkRights) -> bool:
    """Whether they may add a poll, where there is none yet."""
    return not conversation.is_locked and _goes_on(conversation, part) and leads(conversation, part)


def votes(poll: Poll, conversation: Conversation, part: TalkRights) -> bool:
    """Whoever the poll asks, as long as it is open. That they may read the conversation is asked by whoever calls."""
    if poll.is_over or not _goes_on(conversation, part):
        return False
    return part.is_member or poll.voters == Voters.READERS
