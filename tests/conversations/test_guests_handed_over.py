"""Whoever answers for guests leaves: somebody answers for them next, and nobody reads what is closed."""

import pytest
from django.urls import reverse

from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.listings import groups_of
from accounts.leaving.models import HandedOver
from communities.models import FACILITATOR
from indexing.documents import key_of
from people.handover import CannotGive
from people.models import User
from tests.conftest import browse
from tests.conversations.guesting import gail, keeper, place, reads, talk
from tests.factories import PersonFactory, make_member

__all__ = ["gail", "keeper", "place", "talk"]
WHAT = "guests of conversations"


def test_a_sponsor_who_leaves_gives_their_guests_to_somebody_who_belongs(place, talk, gail, keeper, hub_team, carys):
    other = make_member(PersonFactory(first_name="Olu", public=True), talk.community).person
    key, url = key_of(place), f"/conversations/{talk.pk}/guests/"
    [group] = [one for one in groups_of(keeper, keeper) if one.name == WHAT]
    assert [(row.key, row.title, row.url) for row in group.rows] == [(key, "Gail Stone", url)]
    with pytest.raises(CannotGive):
        leaving.give(keeper, WHAT, key, carys, hub_team)
    leaving.give(keeper, WHAT, key, other, hub_team)
    User.objects.filter(pk=keeper.pk).update(is_active=False)
    place.refresh_from_db()
    assert (place.sponsor, reads(gail, talk)) == (other, True)
    [received] = browse(other).get(reverse("received")).context["received"].object_list
    assert (received.title, received.url) == ("Gail Stone", url)


def test_the_hub_team_sees_that_there_is_a_guest_and_not_of_what(place, keeper, hub_team):
    [group] = [one for one in groups_of(keeper, hub_team) if one.name == WHAT]
    assert [(row.title, row.url, row.detail) for row in group.rows] == [
        ("A guest of a conversation of Safe Homes", "", "")
    ]


def test_guests_who_are_given_to_nobody_fall_to_those_who_may_invite(place, keeper, hub_team, private_community):
    other = make_member(PersonFactory(first_name="Olu"), private_community, FACILITATOR).person
    leaving.switch_off(keeper, SwitchContext(SwitchedBy.SCREEN, hub_team))
    leaving.let_the_rest_go(keeper, hub_team)
    fallen = HandedOver.objects.filter(what=WHAT)
    assert list(fallen.values_list("to", "key")) == [(other.pk, key_of(place))]
