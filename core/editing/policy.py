"""Wagtail's permissions for pages, without what is closed to the editor.

Two places, because Wagtail has two: the policy says which pages somebody may list, the tester what they may do with
one. Nothing is ever added, only taken away.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.audiences import Viewer
from core.editing.access import closed_among, closed_pages, is_open, without_closed


class OpenTester(PagePermissionTester):
    """What somebody may do with a page that is open to them."""

    def can_move_to(self, destination: Page) -> bool:
        return is_open(self.user, destination.specific_deferred) and super().can_move_to(destination)

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return is_open(self.user, destination.specific_deferred) and super().can_copy_to(destination, recursive)


class ClosedTester(PagePermissionTester):
    """What somebody may do with a page that is closed to them: nothing, be it that they run the hub."""

    def user_has_lock(self) -> bool:
        return False


def _no(_tester: PagePermissionTester, *_args: object, **_kwargs: object) -> bool:
    return False


for _name in dir(PagePermissionTester):  # so that a question of a later Wagtail is answered "no", too
    if _name.startswith("can_"):
        setattr(ClosedTester, _name, _no)


def tester_for(person: Viewer, page: Page) -> PagePermissionTester:
    """The answers for ``page``. A page without an audience is Wagtail's own affair."""
    return (OpenTester if is_open(person, page) else ClosedTester)(person, page)


class OpenPagesPolicy(PagePermissionPolicy):
    """Wagtail's policy for pages, asked about what is open to the editor."""

    def user_has_any_permission_for_instance(self, user: Viewer, actions: Iterable[str], instance: Page) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return bool(allowed and is_open(user, instance.specific_deferred))

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        return _open(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: Viewer) -> QuerySet[Any]:
        return _open(super().explorable_instances(user), user)


def _open(pages: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    return pages.exclude(closed_pages(person)) if person.is_active else pages


class OpenThingsPolicy(ModelPermissionPolicy):
    """Wagtail's policy for what is no page but has an audience."""

    def user_has_permission_for_instance(self, user: Viewer, action: str, instance: Model) -> bool:
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return bool(allowed and not closed_among(type(instance), [instance.pk], user))

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        return without_closed(super().instances_user_has_any_permission_for(user, actions), user)
