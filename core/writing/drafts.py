"""A page that somebody writes in a form of the hub: what they type is kept as a draft that Wagtail keeps, whatever kind
of page it is. The history, the log and the locks are those of the editor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from core.audiences import Audience, Person
from core.drafts import PageWithDrafts, keep_what_is_live
from core.numbers import LARGEST
from core.writing.merging import MergedForm, Values, changes, fingerprint, merged

LOOKED_THROUGH = 20  # versions
AUDIENCES = list(Audience)
"""From the widest to the narrowest."""


Bring = Callable[[Any], bool]
"""Puts what somebody brings on the page object, and says whether that changed it."""


DISCARDED = gettext_lazy("The draft is gone.")


class DraftChangedMeanwhile(Exception):
    """Somebody else wrote on it since the form was opened."""

    def __init__(self, found: MergedForm, seen: str) -> None:
        super().__init__()
        self.found, self.seen = found, seen


class CannotWrite(Exception):
    """It cannot be written on now; the words say why."""


class Gone(CannotWrite):
    """It was discarded or deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This draft was discarded meanwhile. Copy what you typed, and begin a new one."))


@dataclass(frozen=True, slots=True)
class WritingKind:
    """How one kind of page is read into its form, and written from it."""

    values_of: Callable[[Any], dict[str, str]]
    put: Callable[[Any, Mapping[str, str]], None]
    untitled: Callable[[], str]


def draft_of(page: Page) -> Any:
    """The newest version, as a page object of its own."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else type(page).objects.get(pk=page.pk)


def nothing_else(_page: object) -> bool:
    """What somebody brings beside what they type, such as a photograph: nothing, and so it changes nothing."""
    return False


def begin(page: Page, below: Page, typed: Values, by: Person, kind: WritingKind, bring: Bring = nothing_else) -> Any:
    """A new draft. Topics need its row, and are put once it is there."""
    page.live, page.has_unpublished_changes, page.owner = False, True, by
    kind.put(page, {name: text for name, text in typed.items() if name != "topics"})
    page.title = page.title or kind.untitled()
    bring(page)
    below.add_child(instance=page)
    kind.put(page, {"topics": typed["topics"]})
    page.save()
    revision = page.save_revision(user=by, clean=False)
    log(instance=page, action="wagtail.create", user=by, content_changed=True, revision=revision)
    return page


def keep(
    row: PageWithDrafts, typed: Values, seen: str, by: Person, kind: WritingKind, bring: Bring = nothing_else
) -> Any:
    """Keep what was typed as the newest draft, and return it. A writer's own last draft is written over. The row is
    locked by whoever calls.
    """
    draft = draft_of(row)
    now = kind.values_of(draft)
    if seen != fingerprint(now):
        raise DraftChangedMeanwhile(merged(typed, now, values_seen(row, seen, kind.values_of)), fingerprint(now))
    changed = changes(now, typed)
    kind.put(draft, changed)
    if not bring(draft) and not changed:
        return draft
    draft.title = draft.title or kind.untitled()
    keep_what_is_live(row)  # what code or an archive made has no version yet, and nobody could say what was changed
    if not row.live:
        draft.save()
    draft.save_revision(user=by, log_action=True, clean=False, overwrite_revision=own_draft(row, by))
    return draft


def own_draft(row: Page, by: Person) -> Any:
    """The version that may be written over: the writer's own, that nobody has seen published or was asked about."""
    last = row.latest_revision
    is_own = last is not None and last.user_id == by.pk and last.pk != row.live_revision_id
    return last if is_own and not last.task_states.exists() else None


def values_seen(row: Page, seen: str, values_of: Callable[[Any], dict[str, str]]) -> dict[str, str] | None:
    """What a form was filled with, as long as it is among the last versions."""
    for revision in row.revisions.order_by("-created_at", "-pk")[:LOOKED_THROUGH]:
        values = values_of(revision.as_object())
        if fingerprint(values) == seen:
            return values
    return None


def why_not(row: Page, person: Person) -> str:
    """Why the editor keeps the page closed to whoever writes now; empty where it does not."""
    if row.approved_schedule:
        return _("This page is to be published at a set time. It can be changed here after that.")
    lock = row.get_lock()
    is_locked = lock is not None and lock.for_user(person)
    return _("This page is locked in the editor. Ask the hub team to unlock it.") if is_locked else ""


def is_own_beginning(row: Page, person: Person) -> bool:
    """Whether ``person`` began it, and no reader ever had it: then it is theirs to throw away."""
    return row.owner_id == person.pk and not row.live and row.first_published_at is None


def was_discarded(pk: int, by: Person) -> bool:
    """Whether ``by`` deleted the page of this key."""
    return pk <= LARGEST and PageLogEntry.objects.filter(page=pk, action="wagtail.delete", user=by.pk).exists()


def discard(row: Page, by: Person) -> None:
    """Delete a draft that somebody began. The row is locked by whoever calls; the log keeps that there was one."""
    if not is_own_beginning(row, by):
        raise CannotWrite(_("Only whoever began a page discards it, and only before anybody read it. Nothing is gone."))
    row.delete(user=by)


def audiences_within(widest: str) -> list[tuple[str, str]]:
    """Who may read it, for a page of a community that only these may see."""
    allowed = AUDIENCES[AUDIENCES.index(Audience(widest)) :]
    return [(one.value, str(one.label)) for one in allowed]
