"""Sessions in Wagtail's editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.panels import NearPanel
from surgeries.models import Session


class SessionViewSet(SnippetViewSet):
    """Where editors put dates on the schedule."""

    model = Session
    icon = "calendar"
    menu_label = _("Sessions")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ("__str__", "starts", "where", "status")
    list_filter = ("status", "surgery", "starts")
    search_fields = ("title", "surgery__title", "place")
    ordering = ("-starts",)
    panels = (
        FieldPanel("surgery"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("online_url")]),
        InlinePanel("mentor_links", heading=_("Mentors"), label=_("person")),
        FieldRowPanel([FieldPanel("status"), FieldPanel("note")]),
        FieldPanel("capacity"),
        FieldPanel("title"),
        FieldPanel("summary"),
        NearPanel(),
        FieldPanel("body"),
    )

    def get_queryset(self, request: Any) -> Any:
        return Session.objects.select_related("surgery")


register_snippet(SessionViewSet)
