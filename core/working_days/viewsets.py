"""Closed days in Wagtail's editor."""

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from core.working_days.models import ClosedDay


class ClosedDayFilterSet(WagtailFilterSet):
    """By region and day."""

    class Meta:
        model = ClosedDay
        fields = ("region", "date", "we_work")


class ClosedDayIndexView(IndexView):
    """The list, which says of when the bank holidays are."""

    def get_page_subtitle(self) -> str:
        if (newest := ClosedDay.newest_list()) is None:
            return gettext("no bank holidays were imported")
        return gettext("bank holidays as of %(day)s") % {"day": date_format(newest, "j F Y")}


class ClosedDayViewSet(SnippetViewSet):
    """Bank holidays, and the days on which this body is closed."""

    model = ClosedDay
    icon = "calendar-alt"
    menu_label = _("Closed days")
    menu_order = 280
    add_to_settings_menu = True
    index_view_class = ClosedDayIndexView
    list_display = (
        "name",
        Column("date", label=_("Date"), accessor=lambda day: date_format(day.date, "D j F Y"), sort_key="date"),
        Column("region", label=_("Where"), accessor="get_region_display", sort_key="region"),
        BooleanColumn("we_work", label=_("We work")),
        Column("source", label=_("Source"), accessor="from_where", sort_key="source"),
        Column("as_of", label=_("As of"), accessor="as_of", sort_key="as_of"),
    )
    filterset_class = ClosedDayFilterSet
    search_fields = ("name",)
    ordering = ("date", "region")
    list_per_page = 50
    panels = (
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("region")]),
        FieldPanel("we_work"),
    )
