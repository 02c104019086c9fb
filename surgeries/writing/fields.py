"""What somebody writes of a surgery, each field as the text that stands in the form."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.topics import put_topics, to_text
from core.writing.drafts import WritingKind
from core.writing.plain import plain_of, rich_of
from surgeries.models import SurgeryPage

LINES = ("title", "summary", "for_whom", "place", "online_url", "what_to_bring", "audience")
NEEDED = ("title", "summary")
NAMES = (*LINES, "description", "topics")


def values_of(surgery: SurgeryPage) -> dict[str, str]:
    """As the page has them."""
    lines = {name: str(getattr(surgery, name)) for name in LINES}
    return {**lines, "description": plain_of(surgery.description) or "", "topics": to_text(surgery.topics.all())}


def is_only_in_the_editor(surgery: SurgeryPage) -> bool:
    """Whether its words cannot be typed in a plain box without losing something."""
    return plain_of(surgery.description) is None


def put(surgery: SurgeryPage, values: Mapping[str, str]) -> None:
    """Write ``values`` on the page object, without saving it."""
    for name, text in values.items():
        if name == "topics":
            put_topics(surgery, text)
        elif name == "description":
            surgery.description = rich_of(text)
        else:
            setattr(surgery, name, text)


KIND = WritingKind(values_of, put, lambda: _("A surgery without a title"))
