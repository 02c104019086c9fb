"""What somebody writes of a page of guidance, each field as the text that stands in the form."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from core.topics import put_topics, to_text
from core.writing.blocks import plain_of_body, put_body
from core.writing.drafts import WritingKind
from knowledge.models import GuidancePage

LINES = ("title", "summary", "audience")
PEOPLE = ("checked_by", "keeper")
DATES = ("checked_on", "due_on")
NEEDED = ("title", "summary", "body")
NAMES = (*LINES, *PEOPLE, *DATES, "body", "topics")


def values_of(page: GuidancePage) -> dict[str, str]:
    """As the page has them. A person is a key, a day as a calendar writes it."""
    lines = {name: str(getattr(page, name)) for name in LINES}
    people = {name: str(getattr(page, f"{name}_id") or "") for name in PEOPLE}
    days = {name: day.isoformat() if (day := getattr(page, name)) else "" for name in DATES}
    texts = {"body": plain_of_body(page.body.raw_data), "topics": to_text(page.topics.all())}
    return {**lines, **people, **days, **texts}


def put(page: GuidancePage, values: Mapping[str, str]) -> None:
    """Write ``values`` on the page object, without saving it."""
    for name, text in values.items():
        if name == "body":
            put_body(page, text)
        elif name == "topics":
            put_topics(page, text)
        elif name in PEOPLE:
            setattr(page, f"{name}_id", int(text) if text else None)
        elif name in DATES:
            setattr(page, name, date.fromisoformat(text) if text else None)
        else:
            setattr(page, name, text)


KIND = WritingKind(values_of, put, lambda: _("Guidance without a title"))
