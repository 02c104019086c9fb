"""What the editor does with several accounts at once, by the rules for one.

Wagtail asks for less there than in the form of one account: whoever might write a name could put themselves into any
group, and switch off everybody who runs the hub. "All in the list" are those that the list shows.
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from core.editors import is_hub_team
from people.editor.viewsets import WHAT_GOES, PersonFilterSet, found
from people.models import User
from people.permissions import ALONE, alone_in_running_the_hub


class OfTheList(UserBulkAction):
    """Takes what the list shows, searched and filtered. Those who run the hub are changed by those who run the hub."""

    def check_perm(self, obj: User) -> bool:
        return bool(super().check_perm(obj) and (is_hub_team(self.request.user) or not obj.is_superuser))

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> Any:
        people = PersonFilterSet(self.request.GET, User.objects.all(), request=self.request).qs
        return found(people, self.request.GET.get("q", "")).values_list("pk", flat=True)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "by": self.request.user}

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        people, _others = self.get_actionable_objects()
        if self.takes_away(form) and alone_in_running_the_hub(people):
            messages.error(self.request, ALONE)
            return redirect(self.next_url)
        response: HttpResponse = super().form_valid(form)
        return response

    def takes_away(self, form: forms.Form) -> bool:
        """Whether it keeps people from running the hub."""
        return False


class AssignRoleToPeople(OfTheList, AssignRoleBulkAction):
    """What somebody may do is said by those who run the hub."""

    def check_perm(self, obj: User) -> bool:
        return is_hub_team(self.request.user)

    @classmethod
    def execute_action(
        cls, objects: Collection[User], role: Group | None = None, by: User | None = None, **kwargs: Any
    ) -> Any:
        done = super().execute_action(objects, role=role, **kwargs)
        for person in objects:
            log(instance=person, action="wagtail.edit", user=by)
        return done


class SwitchPeople(OfTheList, SetActiveStateBulkAction):
    """Hand-overs, sessions and the log follow from the account that is switched, by whatever way."""

    def takes_away(self, form: forms.Form) -> bool:
        return not form.cleaned_data["mark_as_active"]


class DeletePeople(OfTheList, DeleteBulkAction):
    """What goes and what stays is said first, as on the page of one, and each is an entry in the log."""

    template_name = "people/editor/delete_several.html"

    def takes_away(self, form: forms.Form) -> bool:
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "what_goes": WHAT_GOES}

    @classmethod
    def execute_action(cls, objects: Collection[User], by: User | None = None, **kwargs: Any) -> Any:
        for person in objects:
            log(instance=person, action="wagtail.delete", user=by, deleted=True)
        return super().execute_action(objects, **kwargs)


ACTIONS = (AssignRoleToPeople, SwitchPeople, DeletePeople)
