"""What editors do for search, in Wagtail's editor."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonyms
from search.reports import UnansweredReport, policy


class SynonymsViewSet(SnippetViewSet):
    """Abbreviations and other words for the same."""

    model = Synonyms
    icon = "search"
    menu_label = _("Same words")
    menu_order = 270
    add_to_admin_menu = True
    list_display = ("expressions",)
    search_fields = ("expressions",)
    panels = (FieldPanel("expressions"),)


register_snippet(SynonymsViewSet)


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path("reports/unanswered/", UnansweredReport.as_view(), name="search_unanswered"),
        path(
            "reports/unanswered/results/",
            UnansweredReport.as_view(results_only=True),
            name="search_unanswered_results",
        ),
    ]


class UnansweredMenuItem(MenuItem):
    """In the menu of reports, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy.user_has_permission(request.user, "view"))


@hooks.register("register_reports_menu_item")
def unanswered_in_menu() -> MenuItem:
    address = reverse("search_unanswered")
    return UnansweredMenuItem(
        _("Searches without an answer"), address, name="unanswered", icon_name="search", order=1200
    )
