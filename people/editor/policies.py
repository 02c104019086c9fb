"""Who may change what in *Settings → Users* and *Settings → Groups*.

Groups say what somebody may do, so that those who run the hub alone change them: whoever could put a permission into a
group could give it to themselves. Those who run the hub are changed, and looked at, by those who run the hub.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from core.audiences import Viewer
from core.editors import is_hub_team
from people.models import User


class PeoplePolicy(ModelPermissionPolicy):
    """Django's permissions, and for those who run the hub also that one runs it."""

    def user_has_permission_for_instance(self, user: Viewer, action: str, instance: User) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Viewer, actions: Iterable[str], instance: User) -> bool:
        may = bool(self.user_has_any_permission(user, actions))
        return may and (is_hub_team(user) or not instance.is_superuser)

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[User]:
        found: QuerySet[User] = super().instances_user_has_any_permission_for(user, actions)
        return found if is_hub_team(user) else found.filter(is_superuser=False)


class GroupsPolicy(ModelPermissionPolicy):
    """The hub team's alone, whatever permissions a group gives."""

    def user_has_permission(self, user: Viewer, action: str) -> bool:
        return is_hub_team(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.here().filter(is_superuser=True)


PEOPLE, GROUPS = PeoplePolicy(User), GroupsPolicy(Group)
