"""Sessions in Wagtail's editor."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.editing.access import without_closed
from hub.editing.forms import HubThingForm
from hub.editing.policy import OpenThingsPolicy
from search.panels import NearPanel
from surgeries.models import Session


class SessionFilterSet(WagtailFilterSet):
    """By state and day. Not by series: the choices would name those that are closed to the editor."""

    class Meta:
        model = Session
        fields: ClassVar = ["status", "starts"]


class SessionViewSet(SnippetViewSet):
    """Where editors put dates on the schedule."""

    model = Session
    icon = "calendar"
    menu_label = _("Sessions")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ("__str__", "starts", "where", "status")
    filterset_class = SessionFilterSet
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

    edit_handler = ObjectList(panels, base_form_class=HubThingForm)

    def get_queryset(self, request: Any) -> Any:
        return without_closed(Session.objects.select_related("surgery"), request.user)


register_permission_policy(Session, OpenThingsPolicy(Session))
register_snippet(SessionViewSet)
