"""Who may see and answer whose claims to know about something. Nobody answers their own."""

from typing import Any

from django.db.models import Q

from communities.models import Claim, CommunityPage, CommunityTopic, Membership
from communities.permissions import communities_stewarded
from core.audiences import Viewer
from core.editors import is_hub_team
from people.models import User


def answerable_by(viewer: Viewer) -> Any:
    """The claims of others that ``viewer`` answers: stewards those made to their communities, the hub team all."""
    if not (viewer.is_authenticated and viewer.is_active):
        return Claim.objects.none()
    others = Claim.objects.exclude(person=viewer.pk)
    if is_hub_team(viewer):
        return others
    return others.filter(community__in=communities_stewarded(viewer))


def seen_by(viewer: Viewer) -> Any:
    """The same and one's own. Nobody else learns who asked."""
    if not viewer.is_authenticated:
        return Claim.objects.none()
    return Claim.objects.filter(Q(person=viewer.pk) | Q(pk__in=answerable_by(viewer).values("pk")))


def may_answer(viewer: Viewer, claim: Claim) -> bool:
    return bool(answerable_by(viewer).filter(pk=claim.pk).exists())


def to_ask(person: User) -> list[tuple[CommunityPage, list[CommunityTopic]]]:
    """The communities that ``person`` may ask, by name, each with what it is about.

    They belong to it, and it says that it is about the topic: its stewards can judge that, and nothing else.
    """
    mine = Membership.objects.active().filter(person=person).values("community")
    rows = CommunityTopic.objects.filter(content_object__in=mine, content_object__live=True)
    found: dict[CommunityPage, list[CommunityTopic]] = {}
    for row in rows.select_related("tag", "content_object").order_by("content_object__title", "tag__name"):
        found.setdefault(row.content_object, []).append(row)
    return list(found.items())
