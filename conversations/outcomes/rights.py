"""Who says what comes of an idea."""

from conversations.choices import Kind
from conversations.models import Conversation
from conversations.permissions import TalkRights


def sets_stage(conversation: Conversation, part: TalkRights) -> bool:
    """Those who moderate, and those who speak for the community."""
    return conversation.has_stages and (part.moderates or bool(part.speaks))


def sets_closing_day(conversation: Conversation, part: TalkRights) -> bool:
    """Whoever began the consultation, and those who say what comes of it."""
    if conversation.kind != Kind.CONSULTATION or not part.person.is_authenticated:
        return False
    return part.owns(conversation) or sets_stage(conversation, part)
