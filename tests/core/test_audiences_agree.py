"""Asking the database and asking about one thing give the same answer, for every viewer and every thing."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from core.audiences import EVERYONE, ORGANISATION, community_token, forget_tokens, may_see
from core.models import HubDocument, HubImage
from people.models import User
from surgeries.models import Session
from tests.visibility.world import World

MANAGERS = {HubImage: HubImage.objects, HubDocument: HubDocument.objects}


@pytest.mark.parametrize("viewer", ["nobody", "carys", "bryn", "asha", "dev", "hub_team", "the private person"])
def test_both_ways_of_asking_agree_on_everything(world: World, db: Any, viewer: str) -> None:
    who = world.private.person if viewer == "the private person" else world.cast[viewer] or AnonymousUser()
    forget_tokens(who)
    for shelf in (world.public, world.organisation, world.private):
        for thing in (
            shelf.community,
            shelf.story,
            shelf.guidance,
            shelf.surgery,
            shelf.session,
            shelf.person,
            shelf.image,
            shelf.document,
        ):
            manager = MANAGERS.get(type(thing), type(thing)._default_manager)
            assert manager.visible_to(who).filter(pk=thing.pk).exists() is may_see(who, thing), (viewer, thing)


def test_names_are_marked_for_whom_they_are_links(world: World, db: Any) -> None:
    marked = dict(User.objects.mark_visible_to(world.cast["carys"]).values_list("pk", "is_visible"))
    assert marked[world.private.person.pk] is False
    assert marked[world.public.person.pk] is True


def test_a_session_has_its_surgerys_audience(world: World, db: Any) -> None:
    assert set(Session.objects.values_list("audience_token", "surgery__audience_token")) == {
        (EVERYONE, EVERYONE),
        (ORGANISATION, ORGANISATION),
        (community_token(world.private.community.pk),) * 2,
    }
