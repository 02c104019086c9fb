"""The collection of a community: made with it, called as it is, and as open as it is."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.models import Collection

from communities.models import CommunityCollection, CommunityPage
from core.audiences import EVERYONE, Audience, AudienceQuerySet, narrowest
from core.models import HubDocument, HubImage

UPLOADS: tuple[Any, ...] = (HubImage, HubDocument)
LONGEST = 255


def whose(collection: int) -> CommunityPage | None:
    """The community that a collection is of, or that one above it is of."""
    direct = CommunityPage.objects.filter(uploads__collection=collection).first()
    if direct is not None:
        return direct
    path = Collection.objects.filter(pk=collection, depth__gt=2).values_list("path", flat=True).first() or ""
    above = [path[:length] for length in range(2 * Collection.steplen, len(path), Collection.steplen)]
    return CommunityPage.objects.filter(uploads__collection__path__in=above).first() if above else None


@transaction.atomic
def collection_of(community: CommunityPage) -> Collection:
    """Its own, made where there is none. The root's row is locked: two that are made at once would have one place."""
    found = CommunityCollection.objects.filter(community=community.pk).select_related("collection").first()
    if found is None:
        Collection.objects.select_for_update().filter(depth=1).first()
        found = CommunityCollection.objects.filter(community=community.pk).select_related("collection").first()
    if found is None:
        root = Collection.objects.get(depth=1)
        made = root.add_child(instance=Collection(name=community.title[:LONGEST]))
        found = CommunityCollection.objects.create(community=community, collection=made)
    return found.collection


@transaction.atomic
def follow(community: CommunityPage) -> None:
    """After the live page changed: the name, and who may see what is in it."""
    collection = collection_of(community)
    if collection.name != community.title[:LONGEST]:
        collection.name = community.title[:LONGEST]
        collection.save(update_fields=["name"])
    chosen = {audience: str(audience) for audience in Audience} | {Audience.MEMBERS: community.members_token()}
    right = {audience: narrowest(token, community.audience_token) for audience, token in chosen.items()}
    for things in _inside(collection):
        things.give_tokens(right)


@transaction.atomic
def seal(community: CommunityPage) -> None:
    """Before a community that is not for everyone goes: its uploads are for nobody until somebody chooses."""
    row = CommunityCollection.objects.filter(community=community.pk).select_related("collection").first()
    if row is None or CommunityPage.objects.filter(pk=community.pk, audience_token=EVERYONE).exists():
        return
    for things in _inside(row.collection):
        things.close_to_everybody()


def _inside(collection: Collection) -> Iterator[AudienceQuerySet]:
    return (model._default_manager.filter(collection__path__startswith=collection.path) for model in UPLOADS)
