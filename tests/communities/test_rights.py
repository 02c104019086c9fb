"""One function says who may do what, and why; lists and Django's own question say the same."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from communities import services
from communities.choices import Capability
from communities.models import CommunityPage
from communities.models.default_roles import OF_SOME
from communities.rights import Basis, can, communities_where, community_of
from people.models import User
from tests.factories import CommunityFactory, GuidanceFactory, SessionFactory, StoryFactory, SurgeryFactory

WHO = {
    "asha": Basis.ROLE,
    "bryn": Basis.NONE,
    "carys": Basis.NONE,
    "dev": Basis.NONE,
    "hub_team": Basis.HUB_TEAM,
}


@pytest.mark.parametrize("name", WHO)
def test_function_list_and_has_perm_agree(name: str, community: CommunityPage, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(name)
    for capability in Capability:
        answer = can(person, capability, community)
        is_by_grant_alone = capability in OF_SOME and WHO[name] is Basis.ROLE
        assert answer.basis is (Basis.NONE if is_by_grant_alone else WHO[name])
        assert answer.because
        assert bool(answer.ask) is not bool(answer)
        assert person.has_perm(f"communities.{capability}", community) is bool(answer)
        assert communities_where(person, capability).filter(pk=community.pk).exists() is bool(answer)


def test_nobody_may_do_anything(community: CommunityPage, asha: User) -> None:
    nobody = AnonymousUser()
    assert not can(nobody, Capability.EDIT_PAGE, community)
    assert not communities_where(nobody, Capability.EDIT_PAGE).exists()
    asha.is_active = False
    assert not can(asha, Capability.EDIT_PAGE, community)
    assert not communities_where(asha, Capability.EDIT_PAGE).exists()


def test_a_right_ends_with_the_role(community: CommunityPage, asha: User, hub_team: User) -> None:
    services.stand_down(asha.memberships.get(), hub_team)
    assert not can(asha, Capability.EDIT_PAGE, community)


@pytest.mark.parametrize("make", [StoryFactory, GuidanceFactory, SurgeryFactory])
def test_what_a_community_looks_after_leads_to_it(make: Any, community: CommunityPage, asha: User) -> None:
    other = make(community=CommunityFactory())
    mine = make(community=community)
    assert can(asha, Capability.EDIT_PAGE, mine)
    assert not can(asha, Capability.EDIT_PAGE, other)
    assert not can(asha, Capability.EDIT_PAGE, make(community=None))


def test_a_session_leads_to_the_community_of_its_surgery(community: CommunityPage) -> None:
    assert community_of(SessionFactory(surgery=SurgeryFactory(community=community))) == community
    assert community_of(object()) is None


def test_a_no_names_no_community_that_one_may_not_see(private_community: CommunityPage, carys: User) -> None:
    answer = can(carys, Capability.EDIT_PAGE, private_community)
    assert private_community.title not in f"{answer.because} {answer.ask}"


def test_no_right_is_had_for_everything_at_once(community: CommunityPage, asha: User) -> None:
    assert not asha.has_perm("communities.edit_page")
    assert not asha.has_perm("communities.no_such_thing", community)


def test_lists_ask_one_query_and_answers_two_at_most(
    asha: User, bryn: User, community: CommunityPage, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert list(communities_where(asha, Capability.EDIT_PAGE).values_list("pk", flat=True)) == [community.pk]
    with django_assert_num_queries(1):
        assert can(asha, Capability.EDIT_PAGE, community)
    with django_assert_num_queries(1):
        assert not can(bryn, Capability.EDIT_PAGE, community)


def test_a_reason_is_in_the_reader_s_language(community: CommunityPage, asha: User) -> None:
    because = can(asha, Capability.EDIT_PAGE, community).because
    with override("en"):
        assert community.title in str(because)
