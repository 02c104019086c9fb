"""Who may see and verify whose qualifications. Nobody verifies their own."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q

from communities.models import Award, Holding
from communities.permissions import communities_stewarded
from core.audiences import Viewer
from core.editors import is_hub_team


def verifiable_by(viewer: Viewer, stewarded: Collection[int] | None = None) -> Any:
    """The awards of others that ``viewer`` looks at: the hub team all, stewards those that a role in theirs demands
    (the keys of theirs may be known).
    """
    if not (viewer.is_authenticated and viewer.is_active):
        return Award.objects.none()
    others = Award.objects.exclude(person=viewer.pk)
    if is_hub_team(viewer):
        return others
    held = Holding.objects.of_members().filter(
        membership__person=OuterRef("person"),
        membership__community__in=communities_stewarded(viewer, stewarded),
        role__qualifications=OuterRef("qualification"),
    )
    return others.filter(Exists(held))


def seen_by(viewer: Viewer) -> Any:
    """The same and one's own. Nobody else learns that there is any evidence."""
    if not viewer.is_authenticated:
        return Award.objects.none()
    return Award.objects.filter(Q(person=viewer.pk) | Q(pk__in=verifiable_by(viewer).values("pk")))


def may_verify(viewer: Viewer, award: Award) -> bool:
    return bool(verifiable_by(viewer).filter(pk=award.pk).exists())
