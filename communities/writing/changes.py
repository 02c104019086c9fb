"""What a community changed of what it says of itself: who, when, and from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wagtail.models import PageLogEntry

from communities.models import CommunityPage
from communities.writing.fields import NAMES, topics_in, values_in
from communities.writing.forms import CommunityWordsForm
from core.writing.merging import changes as changes_between
from people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 10


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What one publication changed."""

    at: datetime
    by: User | None
    fields: list[FieldChange]


def published(community: CommunityPage) -> "QuerySet[PageLogEntry]":
    """Each time that something was published, the newest first, as long as its version is kept."""
    entries = PageLogEntry.objects.filter(page=community.pk, action="wagtail.publish", revision__isnull=False)
    return entries.select_related("revision", "user").order_by("-timestamp", "-pk")


def changes_of(community: CommunityPage, entries: Iterable[Any], *, to_the_first: bool) -> list[PublishedChange]:
    """``entries`` compared each with the one after it; the last of them only serves the comparison. The first of all
    is compared with what was there before, where that came from an archive or from code.
    """
    listed = list(entries)
    contents = [entry.revision.content for entry in listed]
    if to_the_first and (row := community.revisions.filter(user=None).order_by("created_at", "pk").first()):
        contents.append(row.content)
    topics = topics_in(contents)
    values = [values_in(content, topics) for content in contents]
    pairs = zip(listed, values, values[1:], strict=False)
    made = [PublishedChange(entry.timestamp, entry.user, _fields(before, after)) for entry, after, before in pairs]
    return [change for change in made if change.fields]


def _fields(before: dict[str, str], after: dict[str, str]) -> list[FieldChange]:
    labels = {name: str(CommunityWordsForm.base_fields[name].label) for name in NAMES}
    return [FieldChange(labels[name], before[name], text) for name, text in changes_between(before, after).items()]
