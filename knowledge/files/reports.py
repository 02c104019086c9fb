"""Which files search cannot read, among Wagtail's reports."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from core.models import HubDocument
from knowledge.files.models import unread


def policy() -> Any:
    """Wagtail's own: files are edited by collection."""
    return policy_registry.get_by_type(HubDocument)


def state(file: HubDocument) -> str:
    """What search knows of a file. Of one that no signal told of it has no row."""
    return file.file_text.state if hasattr(file, "file_text") else unread()


class UnreadFilesReport(ReportView):
    """Files that are found by their title only, or by a part of what stands in them, and why."""

    model = HubDocument
    permission_required = "change"
    page_title = _("Files that search cannot read")
    header_icon = "doc-full"
    index_url_name = "files_unread"
    index_results_url_name = "files_unread_results"
    default_ordering = "title"
    columns: ClassVar = [
        TitleColumn("title", label=_("Title"), url_name="wagtaildocs:edit"),
        Column("name", label=_("File"), accessor="filename"),
        Column("state", label=_("What search knows"), accessor=state),
        DateColumn("uploaded", label=_("Uploaded"), accessor="created_at"),
    ]
    list_export: ClassVar = ["title", "filename", "state", "created_at"]
    export_headings: ClassVar = {
        "title": _("Title"),
        "filename": _("File"),
        "state": _("What search knows"),
        "created_at": _("Uploaded"),
    }

    @property
    def permission_policy(self) -> Any:
        return policy()

    def get_base_queryset(self) -> QuerySet[HubDocument]:
        mine = policy().instances_user_has_permission_for(self.request.user, "change")
        unknown = Q(file_text=None) | Q(file_text__read_on=None) | ~Q(file_text__reason="")
        found: QuerySet[HubDocument] = HubDocument.objects.filter(unknown, pk__in=mine)
        return found.select_related("file_text").defer("file_text__text").order_by("title")

    def to_row_dict(self, item: HubDocument) -> dict[str, Any]:
        item.state = state(item)
        row: dict[str, Any] = super().to_row_dict(item)
        return row


class UnreadFilesMenuItem(MenuItem):
    """In the menu of reports, for those who look after files."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy().user_has_permission(request.user, "change"))


def addresses() -> list[Any]:
    report = UnreadFilesReport
    return [
        path("reports/files/", report.as_view(), name="files_unread"),
        path("reports/files/results/", report.as_view(results_only=True), name="files_unread_results"),
    ]


def menu_item() -> MenuItem:
    title = _("Files that search cannot read")
    return UnreadFilesMenuItem(title, reverse("files_unread"), name="files-unread", icon_name="doc-full", order=1210)
