"""A role that demands a qualification is suspended without it, at every door, and comes back by itself."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.choices import AwardState, Capability
from communities.listings import unattended
from communities.models import Award, CommunityPage, Holding, Membership, Qualification, Role
from communities.permissions import is_steward
from communities.qualifications.listings import awards_of_people
from communities.rights import can, communities_where
from people.models import User
from tests.communities.qualified import awarded, demanded

Give = Callable[[User, Qualification, User], object]
LOST = {"withdrawn_name": "Hub", "withdrawal": "It was somebody else’s."}


def _renewed(person: User, what: Qualification, by: User) -> None:
    awarded(person, what, by, ends_in=-1)
    awarded(person, what, by)


STATES: dict[str, tuple[Give, AwardState | None, bool]] = {
    "missing": (lambda *_: None, None, False),
    "waiting": (lambda who, what, _by: awarded(who, what, None), AwardState.WAITING, False),
    "verified": (awarded, AwardState.VERIFIED, True),
    "without an end": (lambda who, what, by: awarded(who, what, by, ends_in=None), AwardState.VERIFIED, True),
    "ends today": (lambda who, what, by: awarded(who, what, by, ends_in=0), AwardState.VERIFIED, True),
    "ended": (lambda who, what, by: awarded(who, what, by, ends_in=-1), AwardState.LAPSED, False),
    "refused": (lambda who, what, by: awarded(who, what, by, refusal="No date on it."), AwardState.REFUSED, False),
    "withdrawn": (
        lambda who, what, by: awarded(who, what, by, withdrawn_at=timezone.now(), **LOST),
        AwardState.WITHDRAWN,
        False,
    ),
    "renewed": (_renewed, AwardState.VERIFIED, True),
}


@pytest.fixture
def role(asha: User) -> Role:
    found: Role = Holding.objects.get(membership__person=asha).role
    return found


@pytest.mark.parametrize("name", STATES)
def test_what_each_state_opens(name: str, role: Role, community: CommunityPage, asha: User, hub_team: User) -> None:
    give, state, counts = STATES[name]
    give(asha, demanded(role), hub_team)
    mine = Membership.objects.filter(person=asha, community=community)
    assert {
        "can": bool(can(asha, Capability.EDIT_PAGE, community)),
        "at": bool(can(asha, Capability.EDIT_PAGE, community, at=timezone.now())),
        "where": communities_where(asha, Capability.EDIT_PAGE).exists(),
        "perm": asha.has_perm("communities.edit_page", community),
        "steward": mine.stewards().exists(),
        "is_steward": is_steward(asha, community),
        "listed": mine.by_name().get().mark == role.name,
        "roles": role in mine.get().roles,
        "looked after": not unattended().get().lacks_facilitator if unattended().exists() else True,
        "counting": bool(awards_of_people([asha.pk])),
    } == dict.fromkeys(
        ("can", "at", "where", "perm", "steward", "is_steward", "listed", "roles", "looked after", "counting"), counts
    )
    assert Holding.objects.kept().filter(membership__in=mine).exists()
    last = Award.objects.last()
    assert (last.state if last else None) is state
    assert state is None or Award.objects.in_state(state).filter(pk=last.pk).exists()


def test_one_of_two_is_not_enough(role: Role, community: CommunityPage, asha: User, hub_team: User) -> None:
    awarded(asha, demanded(role), hub_team)
    assert can(asha, Capability.EDIT_PAGE, community)
    demanded(role, name="Moderation")
    assert not can(asha, Capability.EDIT_PAGE, community)


def test_somebody_else_s_counts_for_nobody_else(role: Role, community: CommunityPage, asha: User, bryn: User) -> None:
    awarded(bryn, demanded(role), asha)
    assert not can(asha, Capability.EDIT_PAGE, community)


def test_the_database_lets_nobody_verify_their_own(role: Role, asha: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        awarded(asha, demanded(role), asha)
