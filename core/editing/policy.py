"""Wagtail's permissions for pages: without what is closed to the editor, and with what rooms above allow.

Two places, because Wagtail has two: the policy says which pages somebody may list, the tester what they may do with
one.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.audiences import Viewer
from core.editing import rights
from core.editing.access import closed_among, closed_pages, is_open, without_closed


class OpenTester(PagePermissionTester):
    """What somebody may do with a page that is open to them: what their groups may, and what rooms above allow.

    ``given`` is called as in Wagtail, and holds further words for what Wagtail lets follow from ``change`` and
    ``publish``: a community's page is changed by those who may, and neither deleted nor doubled by them.
    """

    permissions: set[str]

    def __init__(self, user: Viewer, page: Page) -> None:
        super().__init__(user, page)
        self.of_groups = PagePermissionTester(user, page)
        self.given = rights.on(user, page)
        if self.given:
            self.permissions = {*self.permissions, *self.given}

    def can_add_subpage(self) -> bool:
        if super().can_add_subpage():
            return True
        kinds = self.page.specific_class.creatable_subpage_models() if self.page.specific_class else ()
        return any(kind.can_create_at(self.page) for kind in kinds) and "add" in rights.below(self.user, self.page)

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage() or "publish" in rights.below(self.user, self.page))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.of_groups.can_delete(ignore_bulk) or ("delete" in self.given and super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        return self.of_groups.can_unpublish() or ("unpublish" in self.given and super().can_unpublish())

    def can_publish(self) -> bool:
        """What others have to agree to is submitted to them, be it that one's groups publish everything."""
        return bool(super().can_publish()) and not rights.asks_first(self.user, self.page)

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return self.of_groups.can_set_view_restrictions()

    def can_copy(self) -> bool:
        return self.of_groups.can_copy() or ("copy" in self.given and super().can_copy())

    def can_move(self) -> bool:
        """Where a page stands says nothing of whose it is, so that only those who look after the tree move pages."""
        return self.of_groups.can_move()

    def can_move_to(self, destination: Page) -> bool:
        return is_open(self.user, destination.specific_deferred) and self.of_groups.can_move_to(destination)

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


_of_groups = PagePermissionPolicy()


class OpenPagesPolicy(PagePermissionPolicy):
    """Wagtail's policy for pages, asked about what is open to the editor, and what rooms above allow."""

    def user_has_any_permission(self, user: Viewer, actions: Iterable[str]) -> bool:
        actions = set(actions)
        return bool(super().user_has_any_permission(user, actions) or actions & rights.anywhere(user))

    def user_has_any_permission_for_instance(self, user: Viewer, actions: Iterable[str], instance: Page) -> bool:
        actions, page = set(actions), instance.specific_deferred
        if not is_open(user, page):
            return False
        return bool(
            super().user_has_any_permission_for_instance(user, actions, instance) or actions & rights.on(user, page)
        )

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        actions = set(actions)
        allowed = super().instances_user_has_any_permission_for(user, actions)
        return _open(_with(allowed, user, actions), user)

    def instances_with_direct_explore_permission(self, user: Viewer) -> Any:
        allowed = super().instances_with_direct_explore_permission(user)
        return allowed if user.is_superuser else [*allowed, *rights.indexes(user)]

    def explorable_instances(self, user: Viewer) -> QuerySet[Any]:
        return _open(self.within_reach(user), user)

    def within_reach(self, user: Viewer) -> QuerySet[Any]:
        """What ``user`` could explore if nothing were closed to them: for whoever asks for that by itself."""
        pages = _of_groups.explorable_instances(user)
        if user.is_superuser or not (ways := rights.indexes(user)):
            return pages
        above = {path for page in ways for path in _paths_to(page)}
        root = self.explorable_root_instance(user)
        ways_there = Page.objects.filter(Q(path__in=above) & Q(path__startswith=root.path if root else ""))
        return _with(pages, user, rights.EXPLORED) | ways_there


def _with(pages: QuerySet[Any], person: Viewer, actions: Collection[str]) -> QuerySet[Any]:
    given = actions & rights.anywhere(person) if isinstance(actions, (set, frozenset)) else ()
    return pages | Page.objects.filter(rights.pages(person, given)) if given else pages


def _paths_to(page: Page) -> list[str]:
    """The paths of ``page`` and of what it stands in."""
    return [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]


def _open(pages: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    return pages.exclude(closed_pages(person)) if person.is_active else pages


LOOKING_AFTER = frozenset({"add", "change", "view"})
"""What looking after things takes. What others have in their calendars is not deleted."""


class OpenThingsPolicy(ModelPermissionPolicy):
    """Wagtail's policy for what is no page but has an audience. Rooms derive theirs where they allow more."""

    @cached_property
    def of_groups(self) -> ModelPermissionPolicy:
        return ModelPermissionPolicy(self.model)

    def allowed_to(self, _user: Viewer) -> Q | None:
        """What somebody looks after whom no group lets; ``None`` where that is nothing."""
        return None

    def user_has_permission(self, user: Viewer, action: str) -> bool:
        return bool(self.of_groups.user_has_permission(user, action) or self._looks_after(user, action) is not None)

    def user_has_permission_for_instance(self, user: Viewer, action: str, instance: Model) -> bool:
        if closed_among(type(instance), [instance.pk], user):
            return False
        if self.of_groups.user_has_permission(user, action):
            return True
        mine = self._looks_after(user, action)
        return mine is not None and self.model._default_manager.filter(mine, pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        return without_closed(self.within_reach(user, actions), user)

    def within_reach(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        """The same if nothing were closed to them: for whoever asks for that by itself."""
        actions = set(actions)
        allowed = self.of_groups.instances_user_has_any_permission_for(user, actions)
        if (mine := self._looks_after(user, *actions)) is not None:
            allowed = allowed | self.model._default_manager.filter(mine)
        return allowed

    def _looks_after(self, user: Viewer, *actions: str) -> Q | None:
        is_asked = rights.is_of_someone(user) and not LOOKING_AFTER.isdisjoint(actions)
        return self.allowed_to(user) if is_asked else None
