"""What somebody writes of a story, each field as the text that stands in the form."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.topics import put_topics, to_text
from core.writing.drafts import WritingKind
from core.writing.plain import plain_of, rich_of
from stories.models import PARTS, StoryPage

LINES = ("title", "summary", "quote", "quoted", "audience")
NEEDED = ("title", "summary", "need", "what_we_did")
NAMES = (*LINES, "speaks", "topics", *PARTS)
YES = "yes"


def values_of(story: StoryPage) -> dict[str, str]:
    """As the page has them."""
    lines = {name: str(getattr(story, name)) for name in LINES}
    parts = {name: plain_of(getattr(story, name)) or "" for name in PARTS}
    return {**lines, **parts, "speaks": YES if story.speaks else "", "topics": to_text(story.topics.all())}


def only_in_the_editor(story: StoryPage) -> list[str]:
    """The parts that cannot be typed in a plain box without losing something."""
    return [name for name in PARTS if plain_of(getattr(story, name)) is None]


def put(story: StoryPage, values: Mapping[str, str]) -> None:
    """Write ``values`` on the page object, without saving it."""
    for name, text in values.items():
        if name == "topics":
            put_topics(story, text)
        elif name == "speaks":
            story.speaks = text == YES
        else:
            setattr(story, name, rich_of(text) if name in PARTS else text)


KIND = WritingKind(values_of, put, lambda: _("A story without a title"))
