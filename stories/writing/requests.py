"""Asking others to publish a story. What was asked and answered stands in the page's log, which the editor shows as its
history; nothing is kept beside it.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from people.models import User
from stories.models import StoryPage

SENT, RETURNED = "stories.sent", "stories.returned"
ANSWERS = (RETURNED, "wagtail.publish")


def _entries(
    pages: "QuerySet[StoryPage] | OuterRef", actions: Collection[str] = (SENT, *ANSWERS)
) -> "QuerySet[PageLogEntry]":
    return PageLogEntry.objects.filter(page=pages, action__in=actions).order_by("-timestamp", "-pk")


def last_of(story: StoryPage) -> PageLogEntry | None:
    """What was asked or answered last."""
    return _entries(story.pk).select_related("user").first()


def is_sent(story: StoryPage) -> bool:
    """Whether it waits for somebody who publishes it."""
    last = last_of(story)
    return last is not None and last.action == SENT


def waiting(stories: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of ``stories`` that wait."""
    return stories.annotate(asked=Subquery(_entries(OuterRef("pk")).values("action")[:1])).filter(asked=SENT)


def words_returned(keys: Collection[str]) -> dict[int, str]:
    """With what word stories came back last, by their keys."""
    entries = PageLogEntry.objects.filter(page__in=keys, action=RETURNED).order_by("timestamp", "pk")
    return {entry.page_id: str(entry.data.get("word", "")) for entry in entries}


def write(story: StoryPage, action: str, by: User, word: str = "") -> None:
    """Enter it in the log."""
    revision = story.latest_revision
    log(instance=story, action=action, user=by, data={"word": word} if word else None, revision=revision)
