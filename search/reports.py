"""What editors learn from searches, among Wagtail's reports."""

from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from search.models import LoggedQuery
from search.query_log import unanswered

policy = ModelPermissionPolicy(LoggedQuery)


def address_of(asked: LoggedQuery) -> str:
    """Where one sees for oneself what it finds today."""
    return f"{reverse('search:results')}?{urlencode({'q': asked.text})}"


class UnansweredReport(ReportView):
    """What was searched for and found nothing, or nothing that anybody opened."""

    model = LoggedQuery
    permission_policy = policy
    permission_required = "view"
    page_title = _("Searches without an answer")
    header_icon = "search"
    index_url_name = "search_unanswered"
    index_results_url_name = "search_unanswered_results"
    columns: ClassVar = [
        TitleColumn("text", label=_("Searched for"), get_url=address_of),
        NumberColumn("times", label=_("Times")),
        NumberColumn("empty", label=_("Found nothing")),
        NumberColumn("opened", label=_("Opened a result")),
        Column("last_asked", label=_("Last")),
    ]
    list_export: ClassVar = ["text", "times", "empty", "opened", "last_asked"]
    export_headings: ClassVar = {
        "text": _("Searched for"),
        "times": _("Times"),
        "empty": _("Found nothing"),
        "opened": _("Opened a result"),
        "last_asked": _("Last"),
    }

    def get_base_queryset(self) -> QuerySet[LoggedQuery]:
        return unanswered()
