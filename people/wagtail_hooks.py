"""Choosing people in Wagtail's editor: among thousands, by name, and not from a list of all."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from people.editor import bulk, policies
from people.editor.forms import OwnNameForm
from people.models import User
from people.querysets import PersonQuerySet

register_permission_policy(User, policies.PEOPLE)
register_permission_policy(Group, policies.GROUPS)
for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action, order=10)  # after Wagtail's, in their place
NameEmailSettingsPanel.form_class = OwnNameForm  # Wagtail has no other way to say it: its form has two names


class PersonFilterForm(BaseFilterForm):
    """Finds people by name or by what they do."""

    q = forms.CharField(label=_("Name or job title"), required=False)

    def filter(self, objects: PersonQuerySet) -> Any:
        """Those whose name or job title holds every word."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.named(self.search_query) if self.is_searching else objects


class ShownPeople:
    """Lists those whom the editor may see as a reader: a hidden profile is hidden here, too."""

    filter_form_class = PersonFilterForm

    def get_object_list(self) -> Any:
        return User.objects.shown_to(self.request.user).by_name()  # type: ignore[attr-defined]  # the view's


class PersonChooseView(ShownPeople, ChooseView):
    pass


class PersonChooseResultsView(ShownPeople, ChooseResultsView):
    pass


class PersonChosenView(ShownPeople, ChosenView):
    def get_object(self, pk: str) -> Any:
        return self.get_object_list().get(pk=super().get_object(pk).pk)


class PersonChosenMultipleView(ShownPeople, ChosenMultipleView):
    def get_objects(self, pks: Iterable[str]) -> Any:
        return super().get_objects(pks).filter(pk__in=self.get_object_list())


class PersonChooserViewSet(ChooserViewSet):
    """Wherever a page names a person, an editor looks for them."""

    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView
    chosen_view_class = PersonChosenView
    chosen_multiple_view_class = PersonChosenMultipleView
    per_page = 20


@hooks.register("register_admin_viewset")
def person_chooser() -> PersonChooserViewSet:
    """Under its own address in the editor."""
    return PersonChooserViewSet("person_chooser")


@hooks.register("register_log_actions")
def people_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "people.address_claimed",
        _("Ask for another address"),
        _("Wrote down another address, which waits for its proof"),
    )
