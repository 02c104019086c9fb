"""Lists of conversations, for templates."""

from collections.abc import Iterable

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from conversations.listed import rows
from conversations.models import Conversation

register = template.Library()


@register.simple_tag(takes_context=True)
def conversation_rows(
    context: RequestContext, conversations: Iterable[Conversation], level: int = 2, community: bool = False
) -> list[SafeString]:
    """The rows of a list, as HTML. ``level``: of their headings. ``community``: whether each names its community."""
    return rows(conversations, context["request"].user, level=level, names_community=community)
