"""Communities for members only, among Wagtail's reports: where the hub team begins when one of them needs help."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from communities.models import CommunityPage
from core.dead_addresses.report import TeamPolicy
from core.editing.access import closed


class ClosedCommunitiesReport(ReportView):
    """The names of communities that are closed to whoever asks, each leading to the question for a reason."""

    model = CommunityPage
    permission_policy = TeamPolicy()
    permission_required = "change"
    page_title = _("Communities for members only")
    header_icon = "lock"
    index_url_name = "communities_closed"
    index_results_url_name = "communities_closed_results"
    columns: ClassVar = [
        TitleColumn("title", label=_("Name"), url_name="wagtailadmin_pages:edit"),
        Column("stage", label=_("Stage"), accessor="get_stage_display"),
    ]
    list_export: ClassVar = ["title", "stage"]

    def get_base_queryset(self) -> QuerySet[CommunityPage]:
        found: Any = closed(CommunityPage, self.request.user)
        return found.order_by("title")


class CommunityReportMenuItem(MenuItem):
    """In the menu of reports, for those who run the hub."""

    def is_shown(self, request: HttpRequest) -> bool:
        return TeamPolicy().user_has_permission(request.user, "change")


def addresses() -> list[Any]:
    report = ClosedCommunitiesReport
    return [
        path("reports/members-only/", report.as_view(), name="communities_closed"),
        path("reports/members-only/results/", report.as_view(results_only=True), name="communities_closed_results"),
    ]


def menu_item() -> MenuItem:
    return CommunityReportMenuItem(
        _("Communities for members only"),
        reverse("communities_closed"),
        name="communities-closed",
        icon_name="lock",
        order=1190,
    )


def job_descriptions_item() -> MenuItem:
    """The table of job descriptions is a page of the hub itself."""
    return CommunityReportMenuItem(
        _("Job descriptions"), reverse("job_descriptions:choose"), name="job-descriptions", icon_name="user", order=1195
    )
