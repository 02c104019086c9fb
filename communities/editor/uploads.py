"""Pictures and files in the editor: whoever writes for a community chooses among what is open to them and adds to it.

An upload belongs to no community, and its audience says who may see it. What somebody uploaded they change and delete
themselves, as long as they write for any community; everything else is for the groups that the hub team lets in.
"""

from collections.abc import Collection as Several
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from communities.writing.where import writes_somewhere
from core.audiences import Viewer

ALLOWED = frozenset({"add", "choose"})
"""In Wagtail's words: whoever adds also changes and deletes what is their own."""


class UploadsPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, and what writers may do in the collection of everything that is in none."""

    def _check_perm(self, user: Viewer, actions: Several[str], collection: Collection | None = None) -> bool:
        allowed: bool = super()._check_perm(user, actions, collection)
        in_general = collection is None or collection.is_root()
        return allowed or (in_general and self._is_allowed(user, actions))

    def _collections_with_perm(self, user: Viewer, actions: Several[str]) -> QuerySet[Any]:
        collections = super()._collections_with_perm(user, actions)
        general = Collection.objects.filter(depth=1)
        return collections | general if self._is_allowed(user, actions) else collections

    def _is_allowed(self, user: Viewer, actions: Several[str]) -> bool:
        is_somebody = user.is_authenticated and user.is_active and not user.is_superuser
        return is_somebody and not ALLOWED.isdisjoint(actions) and writes_somewhere(user)
