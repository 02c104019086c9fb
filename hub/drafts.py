"""The line between a draft and what is live.

Wagtail keeps a draft as a revision, but saves through the page object that holds it: a draft's notes are written to the
live page's row by ``page.save(update_fields=...)``, and the whole row of a page that is not live is the draft itself.
So no room acts on ``save()`` or ``post_save`` of a page. It listens to ``live_row_changed``.
"""

from typing import TYPE_CHECKING

from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import COMMENTS_RELATION_NAME, Revision

if TYPE_CHECKING:
    from hub.models import HubPage

live_row_changed = Signal()
"""The row of a live page was written, or the row of a new page: sent in the transaction that wrote it.

``instance`` is the page as its row has it now, and ``before`` as it was before, ``None`` for a new page. A page that
just went live has a ``before`` that was not.
"""

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


def keep_what_is_live(page: "HubPage") -> None:
    """Before a version of ``page`` with a later date is published: see that a revision holds what is live.

    Wagtail leaves a live page alone until the date where it knows the revision that is live. Where it knows none (an
    import, a page that code made), it would take the page down today.
    """
    if not page.live or page.live_revision_id:
        return
    row = type(page).objects.get(pk=page.pk)
    page.live_revision = Revision.objects.create(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        created_at=row.last_published_at or row.first_published_at or timezone.now(),
        content=row.serializable_data(),
        object_str=str(row),
    )
    type(page).objects.filter(pk=page.pk).update(live_revision=page.live_revision)


def is_ahead(page: "HubPage") -> bool:
    """Whether what ``page`` holds is to appear later."""
    return page.go_live_at is not None and page.go_live_at > timezone.now()
