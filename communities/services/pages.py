"""What follows from a community's page."""

from typing import cast

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from communities.models import CommunityContent, CommunityPage, Places
from communities.services import collections
from communities.services.places import let_the_next_in
from core.audiences import EVERYONE, Audience, AudienceQuerySet


@transaction.atomic
def follow_page(community: CommunityPage, *, is_new: bool = False) -> None:
    """After the live page changed: give it the places that it says, and its content the bounds that it sets. A new one
    has members and content of nobody yet.
    """
    Places.follow(community)
    if is_new:
        collections.collection_of(community)
        return
    let_the_next_in(community.pk)
    bound_content(community)
    collections.follow(community)


@transaction.atomic
def bound_content(community: CommunityPage) -> None:
    """Give what the community looks after the bounds that it sets."""
    for model in CommunityContent.models():
        right = {audience: model(community=community, audience=audience).own_audience_token() for audience in Audience}
        _of(community, model).give_tokens(right)


def _of(community: CommunityPage, model: type[CommunityContent]) -> AudienceQuerySet:
    return cast("AudienceQuerySet", model._default_manager.filter(community=community))


@transaction.atomic
def seal_content(community: CommunityPage) -> None:
    """Before a community that is not for everyone goes: what it looked after is for nobody until an editor chooses."""
    collections.seal(community)
    is_for_everyone = CommunityPage.objects.filter(pk=community.pk, audience_token=EVERYONE).exists()
    _seal_versions(community, is_for_everyone=is_for_everyone)
    if is_for_everyone:
        return
    for model in CommunityContent.models():
        _of(community, model).close_to_everybody()


def _seal_versions(community: CommunityPage, *, is_for_everyone: bool) -> None:
    """Drafts and old versions, too: each names the community, which bounds it no more.

    One that is for members alone and has a date could never appear, so that the date is taken off.
    """
    kinds = ContentType.objects.get_for_models(*CommunityContent.models()).values()
    versions = Revision.objects.filter(content_type__in=kinds, content__community=community.pk)
    for version in versions.exclude(content__audience=Audience.MEMBERS).iterator() if not is_for_everyone else ():
        content = {**version.content, "audience": Audience.MEMBERS}
        Revision.objects.filter(pk=version.pk).update(content=content)
    versions.filter(content__audience=Audience.MEMBERS).update(approved_go_live_at=None)


@transaction.atomic
def recount_places(community: CommunityPage) -> None:
    """Count the taken places anew from the memberships, after an import wrote them in bulk."""
    Places.follow(community)
    Places.recount([community.pk])
