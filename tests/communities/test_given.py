"""What a membership gives, read in one query for one community, is what lists of communities say: a table of both."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from communities.choices import Capability
from communities.given_capabilities import given_to
from communities.models import CommunityPage, Holding, Role
from communities.rights import can, grant_behind, own_communities_where
from people.models import User
from tests.communities.granting import given, in_days
from tests.communities.qualified import demanded
from tests.factories import CommunityFactory, make_member

SPEAK = Capability.SPEAK
Way = Callable[[User, CommunityPage, User], object]


def keeper(person: User, *capabilities: Capability) -> Role:
    """A role that ``person`` holds."""
    role: Role = Role.objects.create(name="Lantern keeper", slug="lantern-keeper", capabilities=[*capabilities])
    Holding.objects.create(membership=person.memberships.get(), role=role)
    return role


def other_role() -> Role:
    return Role.objects.create(name="Lamp lighter", slug="lamp-lighter", capabilities=[SPEAK])


def declined(person: User) -> None:
    keeper(person, SPEAK)
    Holding.objects.update(accepts=False, answered_at=timezone.now())


WAYS: dict[str, tuple[Way, bool]] = {
    "nothing": (lambda *_: None, False),
    "a role": (lambda who, *_: keeper(who, SPEAK), True),
    "a role with another right": (lambda who, *_: keeper(who, Capability.MODERATE), False),
    "a role that lacks a qualification": (lambda who, *_: demanded(keeper(who, SPEAK)), False),
    "a role that they declined": (lambda who, *_: declined(who), False),
    "a grant to all": (lambda _who, where, team: given(where, team, SPEAK), True),
    "a grant to their role": (lambda who, where, team: given(where, team, SPEAK, role=keeper(who)), True),
    "a grant to another role": (lambda _who, where, team: given(where, team, SPEAK, role=other_role()), False),
    "a grant to a role that lacks a qualification": (
        lambda who, where, team: demanded(given(where, team, SPEAK, role=keeper(who)).role),
        False,
    ),
    "a grant of another right": (lambda _who, where, team: given(where, team, Capability.MODERATE), False),
    "a grant that ended": (lambda _who, where, team: given(where, team, SPEAK, since=-9, until=in_days(-1)), False),
    "a grant that is ahead": (lambda _who, where, team: given(where, team, SPEAK, since=1), False),
    "another community's grant": (lambda _who, _where, team: given(CommunityFactory(), team, SPEAK), False),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("days", [0, 5], ids=["now", "in five days"])
def test_one_community_and_a_list_of_them_say_the_same(
    way: str, days: int, community: CommunityPage, bryn: User, hub_team: User
) -> None:
    give, expected = WAYS[way]
    give(bryn, community, hub_team)
    at = timezone.now() + timedelta(days=days) if days else None
    expected = expected or (way == "a grant that is ahead" and days > 0)
    assert (SPEAK in given_to(bryn, community, at).capabilities) is expected
    assert bool(can(bryn, SPEAK, community, at)) is expected
    assert own_communities_where(bryn, SPEAK, at=at).filter(community=community).exists() is expected
    if at is None:
        assert (grant_behind(bryn, SPEAK, community) is not None) is (expected and way != "a role")


def test_a_grant_to_all_is_for_members_alone(community: CommunityPage, bryn: User, carys: User, hub_team: User) -> None:
    given(community, hub_team, SPEAK)
    assert given_to(bryn, community).by_grant
    assert not given_to(carys, community).capabilities
    assert (grant_behind(carys, SPEAK, community), grant_behind(hub_team, SPEAK, community)) == (None, None)
    bryn.memberships.update(state="asked")
    assert not given_to(bryn, community).capabilities


def test_the_highest_role_and_the_first_grant_are_the_reasons(
    community: CommunityPage, carys: User, hub_team: User
) -> None:
    make_member(carys, community)
    first = given(community, hub_team, Capability.MODERATE)
    given(community, hub_team, Capability.MODERATE)
    lower = Role.objects.create(name="Helper", slug="helper", rank=90, capabilities=[SPEAK])
    higher = Role.objects.create(name="Speaker", slug="speaker", rank=10, capabilities=[SPEAK, Capability.MODERATE])
    Holding.objects.create(membership=carys.memberships.get(), role=lower)
    assert given_to(carys, community).by_role == {SPEAK: "Helper"}
    assert given_to(carys, community).by_grant == {Capability.MODERATE: first.pk}
    Holding.objects.create(membership=carys.memberships.get(), role=higher)
    assert given_to(carys, community).by_role == {SPEAK: "Speaker", Capability.MODERATE: "Speaker"}
    assert not given_to(carys, community).by_grant
    assert grant_behind(carys, Capability.MODERATE, community) == first
