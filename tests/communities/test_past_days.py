"""Who belonged and who held which role on a day of the past, whatever became of it since."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from communities import rights, services
from communities.choices import Capability
from communities.models import CommunityPage, Holding, Joining, Membership
from communities.models.default_roles import facilitator
from communities.services.responsibilities import answer, publish
from people.models import User
from tests.factories import PersonFactory, at, make_member


def on(day: int) -> Any:
    """Do something on a day of March."""
    return time_machine.travel(at(2026, 3, day), tick=False)


def later(day: int) -> datetime:
    return at(2026, 3, day) + timedelta(hours=1)


def was_member_on(person: User) -> list[int]:
    mine = Membership.objects.filter(person=person)
    return [day for day in range(1, 12) if mine.active(later(day)).exists()]


def held_on(person: User) -> list[int]:
    mine = Holding.objects.filter(membership__person=person)
    return [day for day in range(1, 12) if mine.in_effect(later(day)).exists()]


@pytest.fixture
def fern(community: CommunityPage, asha: User) -> User:
    """Asks on the first, is let in on the third."""
    community.joining = Joining.ASK
    CommunityPage.objects.filter(pk=community.pk).update(joining=Joining.ASK)
    person: User = PersonFactory(first_name="Fern")
    with on(1):
        asked = services.join(community, person)
    with on(3):
        services.accept(asked, asha)
    return person


def test_who_asked_is_a_member_from_the_day_on_which_they_were_let_in(fern: User) -> None:
    assert was_member_on(fern)[0] == 3
    with on(5):
        services.leave(Membership.objects.get(person=fern))
    assert was_member_on(fern) == [3, 4]


def test_who_was_switched_off_was_away_and_came_back(fern: User) -> None:
    for day, is_active in ((5, False), (8, True)):
        with on(day):
            User.objects.filter(pk=fern.pk).update(is_active=is_active)
            services.follow_presence([fern.pk])
    assert was_member_on(fern) == [3, 4, 8, 9, 10, 11]


def test_who_left_and_joined_again_has_two_memberships(fern: User, community: CommunityPage, asha: User) -> None:
    with on(5):
        services.leave(Membership.objects.get(person=fern))
    with on(7):
        asked = services.join(community, fern)
    with on(9):
        services.accept(asked, asha)
    assert was_member_on(fern) == [3, 4, 9, 10, 11]


def test_an_invitation_that_was_declined_is_no_membership(community: CommunityPage, asha: User) -> None:
    person = PersonFactory()
    with on(1):
        services.decline_invitation(services.invite(community, person, asha))
    assert was_member_on(person) == []


def test_a_role_was_in_effect_until_it_was_declined_and_again_when_it_was_accepted(
    fern: User, asha: User, hub_team: User
) -> None:
    role = facilitator()
    with on(4):
        services.add_role(Membership.objects.get(person=fern), role, asha)
    holding = Holding.objects.get(membership__person=fern)
    with on(5):
        answer(holding, role.responsibilities.first(), "My shifts.", Membership.objects.get(person=asha))
    with on(8):
        publish(role, "Less of everything.", hub_team)
        answer(holding, role.responsibilities.first())
    assert held_on(fern) == [4, 8, 9, 10, 11]
    said = rights.can(fern, Capability.MANAGE_MEMBERS, holding.membership.community, later(6))
    assert not said


def test_members_who_are_made_or_changed_in_bulk_are_members_since_some_moment(
    community: CommunityPage, asha: User
) -> None:
    waiting = make_member(PersonFactory(), community, state="waiting")
    Membership.objects.filter(pk=waiting.pk).update(state="active")
    with on(2):
        new = Membership.objects.bulk_create([Membership(community=community, person=PersonFactory())])[0]
    assert Membership.objects.get(pk=waiting.pk).joined is not None
    assert new.joined == at(2026, 3, 2)
