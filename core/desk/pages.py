"""What of the pages lies on the desk, whatever their type: drafts, approvals that wait, and what is scheduled."""

from typing import Any

from django.db.models import CharField, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import Page, Revision, TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from core.audiences import Viewer
from core.desk.rows import SHOWN, DeskLink, DeskRow, Rows
from core.editing import rights
from core.editing.access import only_open
from core.editors import edits_everything

TASKS_LOOKED_AT = 50


def pages_of(person: Viewer) -> QuerySet[Page]:
    """The pages that ``person`` changes. Nothing that is closed to them is among these."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(person, {"change"})
    return pages.filter(depth__gt=1)


def begins_with_what_is_theirs(person: Viewer) -> bool:
    """Whether the explorer opens on a list of their pages: whoever edits everything begins at the top of the tree."""
    return not edits_everything(person) and bool(rights.anywhere(person))


def all_of_them() -> DeskLink:
    return DeskLink(gettext_lazy("All your pages"), reverse("desk_pages"))


def drafts(request: HttpRequest) -> Rows:
    """What I wrote last and nobody reads yet, the newest first."""
    mine = Q(owner=request.user.pk) & Q(live=False) | Q(latest_revision__user=request.user.pk)
    undated = pages_of(request.user).annotate(goes_live=_goes_live()).filter(goes_live=None)
    found = undated.filter(mine, has_unpublished_changes=True)
    newest = found.order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    return Rows([_draft(page, request.user) for page in newest], all_of_them())


def _draft(page: Page, person: Viewer) -> DeskRow:
    text = _("Readers see an older version.") if page.live else ""
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    front = getattr(page.specific_class, "front_writing", "")
    address = reverse(front, args=[page.pk]) if front and page.owner_id == person.pk else editor
    also = [DeskLink(_("In the editor"), editor)] if address != editor else []
    return DeskRow(
        page.get_admin_display_title(), address, _kind(page), text, page.latest_revision_created_at, also=also
    )


def tasks(request: HttpRequest) -> Rows:
    """What waits for my approval."""
    states = TaskState.objects.reviewable_by(request.user).select_related("revision").order_by("started_at", "pk")
    keys = {
        int(state.revision.object_id): state
        for state in states.filter(revision__base_content_type=get_default_page_content_type())[:TASKS_LOOKED_AT]
    }
    pages = only_open(Page.objects.filter(pk__in=keys), request.user)
    pages.sort(key=lambda page: keys[page.pk].started_at)
    rows = [
        DeskRow(
            page.get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _kind(page),
            _("Waits for your approval."),
            keys[page.pk].started_at,
        )
        for page in pages[:SHOWN]
    ]
    where = f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true"
    return Rows(rows, DeskLink(_("All that waits for approval"), where))


def scheduled(request: HttpRequest) -> Rows:
    """What is published, or taken down, by itself: the next first."""
    soonest = Coalesce("goes_live", _ends(), output_field=DateTimeField())
    dated = pages_of(request.user).annotate(goes_live=_goes_live()).annotate(next=soonest).exclude(next=None)
    return Rows([_date(page) for page in dated.order_by("next", "pk")[:SHOWN]], all_of_them())


def _date(page: Any) -> DeskRow:
    words = _("Is published") if page.goes_live == page.next else _("Is taken down")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return DeskRow(page.get_admin_display_title(), address, _kind(page), words, page.next)


def _goes_live() -> Subquery:
    """When a version of a page was set to be published."""
    ahead = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Subquery(ahead.order_by("approved_go_live_at").values("approved_go_live_at")[:1])


def _ends() -> Subquery:
    """When a page that can be read is taken down."""
    ends = Page.objects.filter(pk=OuterRef("pk"), live=True, expire_at__gt=timezone.now())
    return Subquery(ends.values("expire_at"))


def _kind(page: Page) -> Any:
    kind = page.specific_class
    return kind._meta.verbose_name if kind else ""
