"""Sessions in Wagtail's editor."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.editing.access import without_closed
from core.editing.forms import HubThingForm
from core.editing.policy import OpenThingsPolicy
from search.panels import NearPanel
from surgeries.models import Session, SurgeryPage


def open_series(request: HttpRequest) -> Any:
    """The series that the editor may open; the others are not named."""
    return without_closed(SurgeryPage.objects.order_by("title"), request.user)


class SessionFilterSet(WagtailFilterSet):
    """By state, series and day."""

    # Declared: a filter that is made of the model's field offers all there are, whatever is put in its ``extra``.
    surgery = ModelChoiceFilter(queryset=open_series, label=_("Surgery"))

    class Meta:
        model = Session
        fields: ClassVar = ["status", "surgery", "starts"]


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

    def get_queryset(self, request: HttpRequest) -> Any:
        return without_closed(Session.objects.select_related("surgery"), request.user)


@hooks.register("register_log_actions")
def session_actions(actions: LogActionRegistry) -> None:
    """Who helps instead of somebody who leaves is an entry, with the actor."""
    actions.register_action("surgeries.handed_over", _("Hand a session over"), _("Handed a session over"))


register_permission_policy(Session, OpenThingsPolicy(Session))
register_snippet(SessionViewSet)
