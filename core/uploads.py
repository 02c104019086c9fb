"""Uploads stand in collections, and a collection may be somebody's: nothing in it is more public than they are.

A room above says whose a collection is. What has none is the hub's own.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Protocol

from django.db.models import QuerySet

from core.audiences import NOBODY, AudienceModel
from core.registry import Registry


class CollectionOwner(Protocol):
    """What a room above says of a collection."""

    @property
    def audience_token(self) -> str: ...

    def members_token(self) -> str: ...


class WhoseCollection(Protocol):
    """Whose a collection is, by its key; ``None`` where it is nobody's."""

    def __call__(self, collection: int) -> CollectionOwner | None: ...


OWNERS: Registry[WhoseCollection] = Registry("whose a collection of uploads is", taken_by="core")


GENERAL: Registry[Callable[[QuerySet[Any]], QuerySet[Any]]] = Registry(
    "which collections are nobody's", taken_by="core"
)


def general(collections: QuerySet[Any]) -> QuerySet[Any]:
    """Without those that are somebody's: groups of Wagtail have no part in them."""
    for only_nobodys in GENERAL:
        collections = only_nobodys(collections)
    return collections


def owner_of(collection: int) -> CollectionOwner | None:
    return next((found for whose in OWNERS if (found := whose(collection))), None)


class Upload(AudienceModel):
    """A picture or a file."""

    audience_follows_from: ClassVar[frozenset[str]] = frozenset({"collection", "collection_id"})

    class Meta:
        abstract = True

    def audience_bounds(self) -> Iterable[str]:
        owner = owner_of(self.collection_id)  # type: ignore[attr-defined]  # Wagtail's
        return (owner.audience_token,) if owner else ()

    def members_token(self) -> str:
        owner = owner_of(self.collection_id)  # type: ignore[attr-defined]  # Wagtail's
        return owner.members_token() if owner else NOBODY
