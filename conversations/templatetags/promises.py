"""Where a question stands, for templates."""

from typing import Any

from django import template
from django.template import Context

from conversations.choices import Reached
from conversations.models import Conversation
from conversations.permissions import TalkRights
from conversations.promise import listings

register = template.Library()


@register.simple_tag
def stand_of(conversation: Conversation, part: TalkRights) -> listings.Stand | None:
    """Its two steps, and what the reader may do about them."""
    return listings.stand_of(conversation, part)


@register.simple_tag(takes_context=True)
def promise_mark(context: Context, conversation: Conversation) -> dict[str, Any]:
    """Whether a list marks it, for a reader who is a member of its community."""
    request = getattr(context, "request", None)  # rows are included with “only”
    mark = listings.mark_of(conversation, request.user) if request else Reached.NOTHING
    return {"is_due": mark == Reached.DUE, "is_late": mark == Reached.LATE}
