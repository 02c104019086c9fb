"""The line between a draft and what is live.

Wagtail keeps a draft as a revision, but saves through the page object that holds it: a draft's notes are written to the
live page's row by ``page.save(update_fields=...)``, and the whole row of a page that is not live is the draft itself.
So no room acts on ``save()`` or ``post_save`` of a page. It listens to ``live_row_changed``.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision, TaskState

from core.audiences import AudienceModel

live_row_changed = Signal()
"""The row of a live page was written, or the row of a new page: sent in the transaction that wrote it.

``instance`` is the page as its row has it now, and ``before`` as it was before, ``None`` for a new page. A page that
just went live has a ``before`` that was not.
"""

row_written = Signal()
"""The same, and of a page that is not live: what is taken down is sent here alone."""

NOTES_ABOUT_DRAFTS = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
"""Fields of the live row that say something of its drafts. No reader sees any of them."""


class NotReady(ValidationError):
    """A page cannot go out yet, by whatever door; the messages say why."""


def keep_what_is_live(page: "PageWithDrafts") -> None:
    """Before a version of ``page`` with a later date is published: see that a revision holds what is live.

    Wagtail leaves a live page alone until the date where it knows the revision that is live. Where it knows none (an
    import, a page that code made), it would take the page down today.
    """
    if not page.live or page.live_revision_id:
        return
    page.live_revision = version_of_row(page)
    type(page).objects.filter(pk=page.pk).update(live_revision=page.live_revision)


def version_of_row(page: "PageWithDrafts") -> Revision:
    """A version that holds what is live, older than any draft of it."""
    row = type(page).objects.get(pk=page.pk)
    version: Revision = Revision.objects.create(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        created_at=row.last_published_at or row.first_published_at or timezone.now(),
        content=row.serializable_data(),
        object_str=str(row),
    )
    return version


def take_over_in_versions(page: "PageWithDrafts", names: Iterable[str]) -> None:
    """Write fields of the live row into every version that may still go live: published as it is, it would undo them.

    Those are the newest one, which the editor starts from, those with a date, and what waits for a moderator.
    """
    to_come = models.Q(pk=page.latest_revision_id) | models.Q(approved_go_live_at__isnull=False)
    to_come |= models.Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    revisions = list(page.revisions.filter(to_come).distinct())
    fields = page.serializable_data() if revisions else {}
    for revision in revisions:
        revision.content = {**revision.content, **{name: fields[name] for name in names}}
        revision.save(update_fields=["content"])


def is_ahead(page: "PageWithDrafts") -> bool:
    """Whether what ``page`` holds is to appear later."""
    return page.go_live_at is not None and page.go_live_at > timezone.now()


class PageWithDrafts(AudienceModel, Page):
    """A page whose drafts change nothing that anybody but editors can tell."""

    audience_follows_from: ClassVar[frozenset[str]] = frozenset({"live"})
    quiet_fields = NOTES_ABOUT_DRAFTS

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and say so where readers can tell: see ``core.drafts``."""
        fields = kwargs.get("update_fields")
        if fields is not None and NOTES_ABOUT_DRAFTS.issuperset(fields):
            super().save(*args, **kwargs)
            return
        before = None if self._state.adding else type(self)._base_manager.filter(pk=self.pk).first()
        if before is None:
            self._prepare_new_row()
        super().save(*args, **kwargs)
        if before is None and self.audience_token != (token := self.own_audience_token()):
            self.audience_token = token  # a community's follows from its number
            type(self)._base_manager.filter(pk=self.pk).update(audience_token=token)
        row = self if fields is None else type(self)._base_manager.get(pk=self.pk)
        row_written.send(sender=type(self), instance=row, before=before)
        if before is None or row.live:
            live_row_changed.send(sender=type(self), instance=row, before=before)

    def _prepare_new_row(self) -> None:
        """A page with a later date is not live meanwhile; an alias is another thing than its original."""
        if is_ahead(self):
            self.live = False
        if self.alias_of_id:
            for name in self.exclude_fields_in_copy:
                setattr(self, name, None)

    def audience_token_to_save(self) -> str:
        """A page that is not live keeps the token that counted last: its row holds a draft."""
        if not self.live and not self._state.adding:
            stored = type(self)._base_manager.filter(pk=self.pk).values_list("audience_token", flat=True)
            return str(stored.get())
        return super().audience_token_to_save()

    def write_audience_token(self, token: str) -> None:
        self.audience_token = token
        self.save(update_fields=["audience_token"], clean=False)

    @classmethod
    def with_audience_in_force(cls) -> "models.QuerySet[Any]":
        """What is not live bounds other things by the token that counted last."""
        return super().with_audience_in_force().filter(live=True)

    @transaction.atomic
    def publish(self, revision: Revision, *args: object, **kwargs: object) -> Any:
        """All of a publication or nothing of it."""
        if is_ahead(revision.as_object()):
            keep_what_is_live(revision.content_object)
        return super().publish(revision, *args, **kwargs)

    def asked_before_publishing(self) -> Iterable[str]:
        """What the form asks for before this is live, beside what its own fields need. Rooms add theirs."""
        return ()

    aliases_left_alone: Sequence[int] = ()
    """Those that do not go live with this object: whoever took them down had a reason."""

    def update_aliases(self, *, _updated_ids: Iterable[int] | None = None, **kwargs: object) -> None:
        super().update_aliases(_updated_ids=[*(_updated_ids or ()), *self.aliases_left_alone], **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """An old version does not bring back which row it was made for, or what was live then."""
        page = super().with_content_json(content)
        for name in ("live_revision_id", *self.exclude_fields_in_copy):
            setattr(page, name, getattr(self, name))
        return page

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        """Columns that name one row, such as the number it has in an archive. They do not travel with a copy."""
        own = (field for field in self._meta.concrete_fields if field.model is not Page)
        return [field.name for field in own if field.unique and not field.primary_key]
