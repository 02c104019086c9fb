"""Sessions in Wagtail's editor."""

from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from communities.choices import Capability
from communities.rights import require
from communities.writing.writable_communities import writes_in
from core.audiences import Viewer
from core.editing.access import without_closed
from core.editing.forms import HubThingForm
from core.editing.lists import ANY
from core.editing.policy import OpenThingsPolicy
from search.panels import NearPanel
from surgeries.models import Session, SurgeryPage


class SessionsPolicy(OpenThingsPolicy):
    """Who hosts a community's surgeries looks after their dates."""

    def allowed_to(self, user: Viewer) -> Q | None:
        keys = writes_in(user, SurgeryPage)
        return Q(surgery__community__in=keys) if keys else None


POLICY = SessionsPolicy(Session)


def series_of(person: Viewer) -> Any:
    """The series that ``person`` may put dates into; the others are not named."""
    series = SurgeryPage.objects.order_by("title")
    if not POLICY.of_groups.user_has_permission(person, "change"):
        series = series.filter(community__in=writes_in(person, SurgeryPage))
    return without_closed(series, person)


def open_series(request: HttpRequest) -> Any:
    return series_of(request.user)


class SessionForm(HubThingForm):
    """A date goes into a series of those who host it.

    It is moved, cancelled and put back here, too: as the services do, the form asks again with the communities locked.
    """

    def save(self, commit: bool = True) -> Any:
        person = self.for_user
        if commit and person is not None and not POLICY.of_groups.user_has_permission(person, "change"):
            before = Session.objects.filter(pk=self.instance.pk).values("surgery")
            either = SurgeryPage.objects.filter(Q(pk=self.instance.surgery_id) | Q(pk__in=before))
            for surgery in either.order_by("community", "pk"):
                require(person, Capability.SURGERIES, surgery)
        return super().save(commit=commit)

    def is_open_choice(self, page: Page) -> bool:
        is_asked = isinstance(page, SurgeryPage) and self.for_user is not None
        return super().is_open_choice(page) and (not is_asked or series_of(self.for_user).filter(pk=page.pk).exists())


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
        HelpPanel(template="surgeries/series/in_editor_date.html"),
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

    edit_handler = ObjectList(panels, base_form_class=SessionForm)

    def get_queryset(self, request: HttpRequest) -> Any:
        theirs = POLICY.instances_user_has_any_permission_for(request.user, ANY)
        return Session.objects.select_related("surgery").filter(pk__in=theirs.values("pk"))


@hooks.register("register_log_actions")
def session_actions(actions: LogActionRegistry) -> None:
    """What becomes of dates, and who helps instead of somebody who leaves, are entries with the actor."""
    actions.register_action("surgeries.handed_over", _("Hand a session over"), _("Handed a session over"))
    actions.register_action("surgeries.pattern", _("Set the pattern of its dates"), _("Set the pattern of its dates"))
    actions.register_action("surgeries.date", _("Change one date"), _("Changed one date"))


register_permission_policy(Session, POLICY)
register_snippet(SessionViewSet)
