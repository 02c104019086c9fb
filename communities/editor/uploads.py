"""Pictures and files in the editor: each community's are its writers', whoever uploaded them.

Whoever writes for a community chooses, adds, changes and deletes in its collection, and no longer when they write for
it no more. What stands in no community's collection they choose only; it is for the groups that the hub team lets in,
who reach the collections of communities as far as they may see them.
"""

from collections.abc import Collection as Several, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)

from communities.models import CommunityCollection, CommunityPage, Membership
from communities.rights import holds
from communities.writing.writable_communities import WRITING, anywhere
from core.audiences import Viewer
from core.editing.access import editor_tokens, without_closed

ALLOWED = frozenset({"add", "change", "delete", "choose"})
_KNOWN = "_collections_of_communities"
Known = dict[int, int]


class UploadsPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, and what communities say of their own collections."""

    def _check_perm(self, user: Viewer, actions: Several[str], collection: Collection | None = None) -> bool:
        if not _is_somebody(user):
            return bool(super()._check_perm(user, actions, collection))
        of_writers = not ALLOWED.isdisjoint(actions)
        if collection is None:
            return bool(super()._check_perm(user, actions)) or (of_writers and bool(anywhere(user)))
        if (community := _communities(user).get(collection.pk)) is None:
            allowed: bool = super()._check_perm(user, actions, collection)
            return allowed or ("choose" in actions and collection.is_root() and bool(anywhere(user)))
        if of_writers and community in anywhere(user):
            return True
        is_open = not closed_collections(user).filter(pk=collection.pk).exists()
        return is_open and bool(super()._check_perm(user, actions, collection))

    def _collections_with_perm(self, user: Viewer, actions: Several[str]) -> QuerySet[Any]:
        """One query, however many communities there are."""
        of_groups = super()._collections_with_perm(user, actions)
        if not _is_somebody(user):
            return of_groups
        found = Q(pk__in=of_groups.exclude(pk__in=closed_collections(user).values("pk")).values("pk"))
        if not ALLOWED.isdisjoint(actions) and (mine := anywhere(user)):
            found |= Q(of_community__community__in=mine)
            found |= Q(depth=1) if "choose" in actions else Q()
        return Collection.objects.filter(found)

    def _users_with_perm_filter(self, actions: Several[str], collection: Collection | None = None) -> Q:
        of_groups = super()._users_with_perm_filter(actions, collection=collection)
        if ALLOWED.isdisjoint(actions):
            return of_groups
        writes = Membership.objects.active().filter(holds(*WRITING))
        if collection is not None:
            writes = writes.filter(community__uploads__collection=collection.pk)
        return of_groups | (Q(is_active=True) & Q(pk__in=writes.values("person")))

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        """Without what is closed to them, whoever they are: whoever runs the hub gives a reason."""
        return without_closed(super().instances_user_has_any_permission_for(user, actions), user)

    def user_has_any_permission_for_instance(self, user: Viewer, actions: Iterable[str], instance: Model) -> bool:
        allowed: bool = super().user_has_any_permission_for_instance(user, set(actions), instance)
        return allowed and (_is_new(instance) or without_closed(_row(instance), user).exists())

    def collections_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().collections_user_has_any_permission_for(user, set(actions))
        return found.exclude(pk__in=closed_collections(user).values("pk")) if user.is_superuser else found


class CollectionsPolicy(CollectionManagementPermissionPolicy):
    """Collections themselves. A community's follows its page, so that nobody renames, moves, closes or deletes it, or
    puts another below it; no list names it, and neither do the forms of groups, which have no part in it.
    """

    def instances_user_has_permission_for(self, user: Viewer, action: str) -> QuerySet[Any]:
        return only_general(super().instances_user_has_permission_for(user, action))

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        return only_general(super().instances_user_has_any_permission_for(user, actions))

    def user_has_permission_for_instance(self, user: Viewer, action: str, instance: Collection) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Viewer, actions: Iterable[str], instance: Collection) -> bool:
        is_general = only_general(Collection.objects.filter(pk=instance.pk)).exists()
        return is_general and bool(super().user_has_any_permission_for_instance(user, actions, instance))


def only_general(collections: QuerySet[Any]) -> QuerySet[Any]:
    """Those of no community."""
    return collections.filter(of_community=None)


def closed_collections(person: Viewer) -> QuerySet[Any]:
    """Those of communities that are closed to ``person`` in the editor."""
    closed = CommunityPage.objects.closed_to(person, editor_tokens(person))
    return Collection.objects.filter(of_community__community__in=closed.values("pk"))


def _communities(person: Viewer) -> Known:
    """Whose each collection is, asked once per request."""
    known: Known | None = person.__dict__.get(_KNOWN)
    if known is None:
        known = person.__dict__[_KNOWN] = dict(CommunityCollection.objects.values_list("collection", "community"))
    return known


def _is_somebody(person: Viewer) -> bool:
    return bool(person.is_authenticated and person.is_active and not person.is_superuser)


def _is_new(upload: Model) -> bool:
    return upload.pk is None


def _row(upload: Model) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(upload)._default_manager.filter(pk=upload.pk)
    return rows
