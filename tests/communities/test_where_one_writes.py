"""In which communities somebody writes: what is asked at once agrees with the rule that asks for one capability."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from communities.choices import Capability
from communities.grants import services as grants
from communities.models import FACILITATOR, CommunityPage, Membership, Qualification, Role, State
from communities.rights import own_communities_where
from communities.services import roles
from communities.writing.writable_communities import WRITING, where
from people.models import User
from tests.communities.granting import CABINET, given, in_days
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, make_member

EVERYTHING = set(WRITING)
STORIES = {Capability.WRITE_STORIES}


def keeper() -> Role:
    return Role.objects.get_or_create(slug="keeper", defaults={"name": "Keeper", "capabilities": list(STORIES)})[0]


def facilitates(community: CommunityPage, carys: User, _team: User) -> None:
    make_member(carys, community, FACILITATOR)


def has_two_roles(community: CommunityPage, carys: User, _team: User) -> None:
    make_member(carys, community, FACILITATOR).holdings.create(role=keeper())


def is_ended(community: CommunityPage, carys: User, _team: User) -> None:
    facilitates(community, carys, _team)
    Membership.objects.filter(community=community).update(state=State.ENDED, until=timezone.now())


def said_no(community: CommunityPage, carys: User, _team: User) -> None:
    facilitates(community, carys, _team)
    community.memberships.get().holdings.update(answered_at=timezone.now(), accepts=False)


def lacks_what_the_role_demands(community: CommunityPage, carys: User, _team: User) -> None:
    role = Role.objects.create(slug="strict", name="Strict", capabilities=list(STORIES))
    role.qualifications.add(Qualification.objects.create(slug="care", name="Care"))
    make_member(carys, community, role.slug)


def all_members_are_given_it(community: CommunityPage, carys: User, team: User) -> None:
    make_member(carys, community)
    given(community, team, Capability.WRITE_STORIES)


def their_role_is_given_it(community: CommunityPage, carys: User, team: User) -> None:
    role = Role.objects.create(slug="empty", name="Empty")
    make_member(carys, community, role.slug)
    given(community, team, Capability.WRITE_STORIES, role=role)


def another_role_is_given_it(community: CommunityPage, carys: User, team: User) -> None:
    make_member(carys, community)
    given(community, team, Capability.WRITE_STORIES, role=keeper())


def it_is_given_from_tomorrow_on(community: CommunityPage, carys: User, team: User) -> None:
    make_member(carys, community)
    given(community, team, Capability.WRITE_STORIES, since=1, until=in_days(2))


def others_are_given_it(community: CommunityPage, _carys: User, team: User) -> None:
    given(community, team, Capability.WRITE_STORIES)


STATES: dict[Callable[[CommunityPage, User, User], None], set[Capability]] = {
    facilitates: EVERYTHING,
    has_two_roles: EVERYTHING,
    is_ended: set(),
    said_no: set(),
    lacks_what_the_role_demands: set(),
    all_members_are_given_it: STORIES,
    their_role_is_given_it: STORIES,
    another_role_is_given_it: set(),
    it_is_given_from_tomorrow_on: set(),
    others_are_given_it: set(),
}


def test_all_at_once_says_what_each_rule_says(carys: User, hub_team: User) -> None:
    made = {}
    for state in STATES:
        state(community := CommunityFactory(), carys, hub_team)
        made[community.pk] = state
    for capability in WRITING:
        expected = {state.__name__ for state, given_there in STATES.items() if capability in given_there}
        assert {made[pk].__name__ for pk in where(carys)[capability]} == expected
        assert where(carys)[capability] == set(own_communities_where(carys, capability))


def test_whoever_is_switched_off_writes_nowhere(community: CommunityPage, asha: User) -> None:
    asha.is_active = False
    assert not any(where(asha).values())


def test_a_list_offers_at_once_to_write_to_whoever_may(community: CommunityPage, home: Any, hub_team: User) -> None:
    """The answer is kept with the list. Whatever it follows from changes it."""
    carys = PersonFactory(kind="staff")
    role = Role.objects.create(slug="empty", name="Empty")
    membership = make_member(carys, community, role.slug)
    reader = browse(carys)
    offered = [writes_in(reader)]
    grant = given(community, hub_team, Capability.WRITE_STORIES)
    offered.append(writes_in(reader))
    grants.withdraw(grant, hub_team, CABINET, "It was for one summer.")
    offered.append(writes_in(reader))
    role.capabilities = list(STORIES)
    role.save()
    offered.append(writes_in(reader))
    roles.set_roles(membership, [], hub_team)
    offered.append(writes_in(reader))
    assert offered == [False, True, False, True, False]


def writes_in(reader: Client) -> bool:
    return bool(reader.get("/stories/").context["writes"])
