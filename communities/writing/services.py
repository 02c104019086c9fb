"""Publishing what a community wrote of itself, with Wagtail's own actions: the editor shows the same history.

A draft that stands in the editor is not published with it. It stays there, with what was changed on the page put in.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import require
from communities.writing.fields import STORED, put, topics_in, values_in, values_of
from core.drafts import NOTES_ABOUT_DRAFTS, version_of_row
from core.editing.access import is_open
from core.writing.merging import MergedForm, Values, changes, fingerprint, merged
from people.models import User

LEFT_OUT = NOTES_ABOUT_DRAFTS | {"live", "live_revision", "last_published_at", "first_published_at", "content_type"}
LOOKED_THROUGH = 20  # versions


class CannotPublish(Exception):
    """It cannot be published now; the words say why."""


class CommunityChangedMeanwhile(Exception):
    """Somebody else changed it since the form was opened."""

    def __init__(self, found: MergedForm, seen: str) -> None:
        super().__init__()
        self.found, self.seen = found, seen


@dataclass(frozen=True, slots=True)
class FormSource:
    """What a form is filled from: what readers see, or the draft that stands in the editor."""

    page: CommunityPage
    values: dict[str, str]
    is_draft: bool = False

    @property
    def seen(self) -> str:
        """What the form keeps to say later from what it was filled."""
        return fingerprint(self.values)


def source_of(community: CommunityPage, *, from_draft: bool = False) -> FormSource:
    """A page object of its own, to be written on."""
    row: CommunityPage = CommunityPage.objects.get(pk=community.pk)
    if from_draft and (draft := draft_of(row)):
        page = draft.as_object()
        return FormSource(page, values_of(page), is_draft=True)
    return FormSource(row, values_of(row))


def draft_of(community: CommunityPage) -> Revision | None:
    """The version in the editor that is newer than what readers see."""
    return community.latest_revision if community.has_unpublished_changes else None


def more_than_words(draft: Revision, community: CommunityPage) -> list[str]:
    """What a draft changes beside what is written here, by the names of fields: it is published in the editor."""
    ours = {*STORED.values(), *LEFT_OUT}
    live, drafted = community.serializable_data(), draft.content
    names = [name for name in live if name not in ours and live[name] != drafted.get(name)]
    fields = (field for field in community._meta.get_fields() if field.name in names)
    return [str(getattr(field, "verbose_name", field.name)) for field in fields if getattr(field, "editable", True)]


def why_not(community: CommunityPage, person: User) -> str:
    """Why the page cannot be changed now; empty where it can."""
    if not is_open(person, community):
        return _("A draft of this page is for others. Ask the hub team to publish it or to take it back.")
    if community.workflow_in_progress:
        return _("A change of this page waits for approval in the editor. It can be changed here once that is decided.")
    if community.approved_schedule:
        return _("A change of this page is to be published at a set time. It can be changed here after that.")
    lock = community.get_lock()
    if lock is not None and lock.for_user(person):
        who = community.locked_by
        words = _("%(who)s has locked this page in the editor. Ask them to unlock it.")
        return words % {"who": who} if who else _("This page is locked in the editor. Ask the hub team to unlock it.")
    return ""


@transaction.atomic
def publish(community: CommunityPage, typed: Values, seen: str, by: User, *, from_draft: bool = False) -> list[str]:
    """Publish what ``by`` typed, and return the names of the fields that changed."""
    require(by, Capability.EDIT_PAGE, community)
    CommunityPage.objects.select_for_update(of=("self",), no_key=True).get(pk=community.pk)
    row: CommunityPage = CommunityPage.objects.get(pk=community.pk)
    source = source_of(row, from_draft=from_draft)
    if refusal := why_not(row, by):
        raise CannotPublish(refusal)
    if seen != source.seen:
        raise CommunityChangedMeanwhile(merged(typed, source.values, _values_seen(row, seen)), source.seen)
    changed = changes(source.values, typed)
    if not changed and not source.is_draft:
        return []
    draft = None if source.is_draft else draft_of(row)
    keep_version_of(row)
    _publish(source.page, changed, by)
    if draft is not None:
        _keep_draft(draft, changed, source.values)
    return list(changed)


def keep_version_of(row: CommunityPage) -> None:
    """What an archive or code wrote has no version yet, and nobody could say later what was changed."""
    if not row.live_revision_id:
        version_of_row(row)


def _publish(page: CommunityPage, changed: Values, by: User) -> None:
    put(page, changed)
    revision = page.save_revision(user=by, log_action=True)
    revision.publish(user=by, skip_permission_checks=True)  # the right was asked where the form is


def _keep_draft(draft: Revision, changed: Values, before: Values) -> None:
    """The draft goes on as the newest version, by whoever wrote it. Where it says something else than what readers
    saw, it keeps its own words.
    """
    page: Any = draft.as_object()
    drafted = changes(before, values_of(page))
    put(page, {name: text for name, text in changed.items() if name not in drafted})
    page.save_revision(user=draft.user, clean=False)


def _values_seen(row: CommunityPage, seen: str) -> dict[str, str] | None:
    """What a form was filled with, as long as it is among the last versions."""
    contents = list(row.revisions.order_by("-created_at", "-pk").values_list("content", flat=True)[:LOOKED_THROUGH])
    topics = topics_in(contents)
    found = (values_in(content, topics) for content in contents)
    return next((values for values in found if fingerprint(values) == seen), None)
