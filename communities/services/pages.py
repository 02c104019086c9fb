"""What follows from a community's page."""

from typing import Any

from django.db import transaction

from communities.models import CommunityContent, CommunityPage, Places
from communities.services.places import let_the_next_in
from hub.audiences import EVERYONE, NOBODY, Audience


@transaction.atomic
def follow_page(community: CommunityPage) -> None:
    """After the live page changed: give it the places that it says, and its content the bounds that it sets."""
    Places.follow(community)
    let_the_next_in(community.pk)
    for model in CommunityContent.models():
        for audience in Audience:
            token = model(community=community, audience=audience).own_audience_token()
            _give_token(model, model._default_manager.filter(community=community, audience=audience), token)


def _give_token(model: type[CommunityContent], things: Any, token: str) -> None:
    pks = list(things.exclude(audience_token=token).values_list("pk", flat=True))
    if pks:
        model._default_manager.filter(pk__in=pks).update(audience_token=token)
        model.pass_audience_on(pks)


@transaction.atomic
def seal_content(community: CommunityPage) -> None:
    """Before a community that is not for everyone goes: what it looked after is for nobody until an editor chooses."""
    if CommunityPage.objects.filter(pk=community.pk, audience_token=EVERYONE).exists():
        return
    for model in CommunityContent.models():
        things = model._default_manager.filter(community=community)
        pks = list(things.values_list("pk", flat=True))
        things.update(audience=Audience.MEMBERS, audience_token=NOBODY)
        model.pass_audience_on(pks)


@transaction.atomic
def recount_places(community: CommunityPage) -> None:
    """Count the taken places anew from the memberships, after an import wrote them in bulk."""
    Places.follow(community)
    Places.recount([community.pk])
