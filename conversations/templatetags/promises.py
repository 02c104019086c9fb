"""Where a question stands, for templates."""

from django import template

from conversations.models import Conversation
from conversations.permissions import TalkRights
from conversations.promise import listings

register = template.Library()


@register.simple_tag
def stand_of(conversation: Conversation, part: TalkRights) -> listings.Stand | None:
    """Its two steps, and what the reader may do about them."""
    return listings.stand_of(conversation, part)
