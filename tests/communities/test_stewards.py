"""Who answers for a community, and who may manage its members: a role does both, a grant gives the right alone."""

from collections.abc import Callable

import pytest

from communities import services
from communities.approval import approvers
from communities.choices import Approval, Capability
from communities.grants import notices as grant_notices, services as grants
from communities.listings import unattended
from communities.models import CommunityPage, Holding, Membership, Role
from communities.models.approval import ApprovalRule
from communities.permissions import communities_stewarded, is_steward, manages_as_member, may_answer, may_invite
from communities.qualifications.permissions import verifiable_by
from communities.rights import can
from conversations.notices import who_looks_after
from conversations.promise.keepers import stewards_of
from core.notices import Happened
from home.to_do import AskedOfYou
from people.models import User
from tests.communities.granting import CABINET, given
from tests.communities.qualified import awarded, demanded
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member

MANAGE = Capability.MANAGE_MEMBERS
Way = Callable[[User, CommunityPage, User], object]


def holds_role(person: User, *capabilities: Capability) -> Role:
    role: Role = Role.objects.create(name="Lantern keeper", slug="lantern-keeper", capabilities=[*capabilities])
    Holding.objects.create(membership=person.memberships.get(), role=role)
    return role


# how somebody came to it: whether they may manage members, whether they are a steward
WAYS: dict[str, tuple[Way, bool, bool]] = {
    "nothing": (lambda *_: None, False, False),
    "a role": (lambda who, _community, _team: holds_role(who, MANAGE), True, True),
    "a role with another right": (lambda who, _community, _team: holds_role(who, Capability.SPEAK), False, False),
    "a grant to a role": (lambda who, where, team: given(where, team, MANAGE, role=holds_role(who)), True, False),
    "a grant to all": (lambda _who, where, team: given(where, team, MANAGE), True, False),
    "a role and a grant": (lambda who, where, team: (holds_role(who, MANAGE), given(where, team, MANAGE)), True, True),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_right_and_the_part_are_two_things(
    way: str, community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    give, manages, steward = WAYS[way]
    give(bryn, community, hub_team)
    given(community, hub_team, Capability.PUBLISH_STORIES)
    ApprovalRule.objects.create(community=community, rule=Approval.STEWARD)
    awarded(asha, demanded(Holding.objects.get(membership__person=asha).role), hub_team)
    mine = Membership.objects.filter(person=bryn, community=community)
    event = Happened("", "communities.grant:0", data={"community": community.pk})
    pages = {
        name: browse(bryn).get(f"{community.url}{name}") for name in ("", "members/", "members/invite/", "approval/")
    }
    assert {
        "can": bool(can(bryn, MANAGE, community)),
        "as a member": manages_as_member(bryn, community),
        "answers": may_answer(bryn, community),
        "invites": may_invite(bryn, community),
        "button": pages[""].context["manages"],
        "tools": pages["members/"].context["manages"],
        "invites at the page": pages["members/invite/"].status_code == 200,
        "chooses whose word": pages["approval/"].status_code == 200,
    } == dict.fromkeys(
        ("can", "as a member", "answers", "invites", "button", "tools", "invites at the page", "chooses whose word"),
        manages,
    )
    theirs = {
        "is": is_steward(bryn, community),
        "list": mine.stewards().exists(),
        "row": mine.get().is_steward,
        "marked": mine.marked().get().is_steward,
        "communities": community.pk in communities_stewarded(bryn),
        "counts": services.leaves_too_few(asha.memberships.get()) and stewards_of(community.pk) == [asha.pk, bryn.pk],
        "mark": pages[""].context["is_steward"],
        "reads answers": pages["members/"].context["not_accepted"] is not None,
        "told of grants": bryn.pk in grant_notices.stewards(event),
        "told of questions": bryn.pk in who_looks_after(event),
        "verifies": verifiable_by(bryn).exists(),
        "whose word": approvers.approves(User.objects.get(pk=bryn.pk), StoryFactory(community=community, live=False)),
    }
    assert theirs == dict.fromkeys(theirs, steward)


def test_a_grant_is_nobody_of_the_two(community: CommunityPage, asha: User, bryn: User, hub_team: User) -> None:
    given(community, hub_team, MANAGE)
    assert unattended(with_few=True).get().has_one_steward
    with pytest.raises(services.CannotLeave):
        services.leave(asha.memberships.get())
    services.leave(asha.memberships.get(), bryn.memberships.get())
    assert is_steward(bryn, community)


def test_where_only_grants_are_left_the_hub_team_is_told_and_answers_too(
    community: CommunityPage, bryn: User, hub_team: User
) -> None:
    given(community, hub_team, MANAGE)
    assert unattended().get().lacks_facilitator
    assert may_answer(bryn, community)
    assert may_answer(hub_team, community)


def test_the_hub_team_chooses_whose_word_where_its_page_offers_it(community: CommunityPage, hub_team: User) -> None:
    make_member(PersonFactory(), community, "facilitator")
    address = f"{community.url}approval/"
    assert address in browse(hub_team).get(f"{community.url}members/").content.decode()
    assert browse(hub_team).post(address, {"rule": Approval.STEWARD}).status_code == 302
    assert ApprovalRule.objects.get().rule == Approval.STEWARD


# -- who helps a community that lacks people ---------------------------------------------------------------------------
def test_whoever_was_granted_to_help_finds_what_lacks_people_and_nothing_private(
    community: CommunityPage, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    alone, private = CommunityFactory(title="One lantern"), CommunityFactory(title="Quillwort folk", private=True)
    address = "/communities/unattended/"
    assert {browse(person).get(address).status_code for person in (asha, bryn, carys)} == {404}
    grant = given(community, hub_team, Capability.HELP_COMMUNITIES)
    page = browse(bryn).get(address)
    assert {one.title for one in page.context["communities"]} == {alone.title, community.title}
    content = page.content.decode()
    assert "/facilitators/" not in content  # naming people is for the hub team
    assert private.title not in content
    assert [one.title[:1] for one in asked_of(bryn, address)] == ["2"]
    assert browse(carys).get(address).status_code == 404
    grants.withdraw(grant, hub_team, CABINET, "It is over.")
    assert browse(bryn).get(address).status_code == 404
    assert asked_of(bryn, address) == []


def asked_of(person: User, address: str) -> list[AskedOfYou]:
    return [one for one in browse(person).get("/").context["asked_of_me"] if one.url == address]


def test_a_facilitator_does_not_have_it_by_their_role(community: CommunityPage, asha: User) -> None:
    assert not can(asha, Capability.HELP_COMMUNITIES, community)
