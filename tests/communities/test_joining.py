"""How people come into a community and out of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from communities import services
from communities.models import CommunityPage, Joining, Membership, Places, Stage, State
from communities.models.default_roles import facilitator
from communities.services import CannotJoin, CannotLeave
from people.models import User
from tests.conftest import browse, invite
from tests.factories import CommunityFactory, PersonFactory, make_member


def taken(community: CommunityPage) -> int:
    return Places.objects.get(community=community).taken


def state_of(person: User, community: CommunityPage) -> str:
    return Membership.objects.filter(person=person, community=community).latest("pk").state


def has_places(community: CommunityPage, capacity: int | None) -> None:
    community.capacity = capacity
    community.save()


# -- in ----------------------------------------------------------------------------------------------------------------
def test_anyone_joins_an_open_community_at_once(community: CommunityPage, carys: User) -> None:
    response = browse(carys).post(f"{community.url}join/", {"note": "I foster."}, follow=True)
    assert "You’re in." in response.content.decode()
    assert state_of(carys, community) == State.ACTIVE
    assert taken(community) == 1


def test_carys_asks_and_asha_lets_her_in(community: CommunityPage, asha: User, carys: User) -> None:
    CommunityPage.objects.update(joining=Joining.ASK)
    browse(carys).post(f"{community.url}join/", {"note": "I foster."})
    assert state_of(carys, community) == State.ASKED
    asked = Membership.objects.asked().get()
    browse(asha).post(f"{community.url}members/{asked.pk}/accept/")
    assert state_of(carys, community) == State.ACTIVE


def test_asha_sees_who_asked_and_why(community: CommunityPage, asha: User, bryn: User, carys: User) -> None:
    make_member(carys, community, state=State.ASKED)
    Membership.objects.asked().update(note="I foster.")
    assert "I foster." in browse(asha).get(f"{community.url}members/").content.decode()
    assert "I foster." not in browse(bryn).get(f"{community.url}members/").content.decode()


def test_asha_says_no(community: CommunityPage, asha: User, carys: User) -> None:
    asked = make_member(carys, community, state=State.ASKED)
    browse(asha).post(f"{community.url}members/{asked.pk}/decline/")
    assert state_of(carys, community) == State.ENDED


def test_a_member_is_not_declined(community: CommunityPage, asha: User, bryn: User) -> None:
    member = bryn.memberships.get()
    page = browse(asha).post(f"{community.url}members/{member.pk}/decline/", follow=True).content.decode()
    assert "Somebody has decided this meanwhile." in page
    services.decline(member, by=asha)
    assert state_of(bryn, community) == State.ACTIVE


def test_asking_twice_changes_nothing(community: CommunityPage, carys: User) -> None:
    assert services.join(community, carys) == services.join(community, carys)
    assert taken(community) == 1


def test_whoever_left_may_come_back(community: CommunityPage, bryn: User) -> None:
    services.leave(bryn.memberships.get())
    assert services.join(community, bryn).state is State.ACTIVE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"joining": Joining.INVITATION}, "You can join this community by invitation only. Speak to the hub team."),
        ({"stage": Stage.PROPOSED}, "This community is only proposed."),
        ({"stage": Stage.PAUSED}, "This community is paused and takes no new members."),
        ({"stage": Stage.CLOSED}, "This community is closed and takes no new members."),
    ],
)
def test_a_closed_way_in_says_why(community: CommunityPage, carys: User, change: dict[str, Any], words: str) -> None:
    CommunityPage.objects.update(**change)
    community.refresh_from_db()
    with pytest.raises(CannotJoin):
        services.join(community, carys)
    page = browse(carys).get(f"{community.url}join/").content.decode()
    assert 'name="note"' not in page
    answer = browse(carys).post(f"{community.url}join/", {"note": ""}, follow=True).content.decode()
    assert words in page
    assert words in answer


def test_asha_invites_carys(
    community: CommunityPage, asha: User, carys: User, django_capture_on_commit_callbacks: Any
) -> None:
    CommunityPage.objects.update(joining=Joining.INVITATION)
    with django_capture_on_commit_callbacks(execute=True):
        invite(asha, community, "CARYS@example.org")
    browse(carys).post(f"{community.url}invitation/", {"answer": "yes"})
    assert state_of(carys, community) == State.ACTIVE


def test_asha_who_mistypes_reads_what_to_do(community: CommunityPage, asha: User) -> None:
    response = invite(asha, community, "carys at example.org")
    assert response.status_code == 422
    assert "There is no e-mail address in “carys at example.org”." in response.content.decode()
    assert "carys at example.org</textarea>" in response.content.decode()


def test_inviting_somebody_who_asked_lets_them_in(community: CommunityPage, asha: User, carys: User) -> None:
    make_member(carys, community, state=State.ASKED)
    assert services.invite(community, carys, by=asha).state is State.ACTIVE


def test_a_long_note_is_refused_and_kept(community: CommunityPage, carys: User) -> None:
    response = browse(carys).post(f"{community.url}join/", {"note": "x" * 161})
    assert "x" * 161 in response.content.decode()
    assert not carys.memberships.exists()


# -- out ---------------------------------------------------------------------------------------------------------------
def test_bryn_leaves_after_being_asked_once(community: CommunityPage, bryn: User) -> None:
    assert "Leave" in browse(bryn).get(f"{community.url}leave/").content.decode()
    assert state_of(bryn, community) == State.ACTIVE
    browse(bryn).post(f"{community.url}leave/")
    assert state_of(bryn, community) == State.ENDED
    assert taken(community) == 0


def test_dev_leaves_a_private_community_for_the_front_page(private_community: CommunityPage, dev: User) -> None:
    assert browse(dev).post(f"{private_community.url}leave/")["Location"] == "/"
    assert browse(dev).get(private_community.url).status_code == 404


def test_whoever_leaves_what_only_colleagues_see_is_not_led_to_a_page_that_is_closed(home: object) -> None:
    inside = CommunityFactory(audience="organisation")
    for person, place in ((PersonFactory(resident=True), "/"), (PersonFactory(), inside.url)):
        make_member(person, inside)
        assert browse(person).post(f"{inside.url}leave/")["Location"] == place


def test_carys_takes_her_request_back(community: CommunityPage, carys: User) -> None:
    make_member(carys, community, state=State.ASKED)
    browse(carys).post(f"{community.url}leave/")
    assert state_of(carys, community) == State.ENDED
    assert taken(community) == 0


def test_the_last_facilitator_names_another_one_first(community: CommunityPage, asha: User, bryn: User) -> None:
    response = browse(asha).post(f"{community.url}leave/", follow=True)
    assert response.status_code == 422
    assert state_of(asha, community) == State.ACTIVE
    browse(asha).post(f"{community.url}leave/", {"successor": bryn.memberships.get().pk})
    assert state_of(asha, community) == State.ENDED
    assert bryn.memberships.get().is_steward


def test_the_last_facilitator_does_not_stand_down(community: CommunityPage, asha: User, bryn: User) -> None:
    address = f"{community.url}members/{asha.memberships.get().pk}/roles/"
    response = browse(asha).post(address, {})
    assert (response.status_code, asha.memberships.get().is_steward) == (422, True)
    with pytest.raises(CannotLeave):
        services.set_roles(asha.memberships.get(), [], by=asha)


def test_a_facilitator_without_members_may_go(community: CommunityPage, asha: User) -> None:
    services.leave(asha.memberships.get())
    assert taken(community) == 0


def test_asha_makes_bryn_a_facilitator(community: CommunityPage, asha: User, bryn: User) -> None:
    browse(asha).post(f"{community.url}members/{bryn.memberships.get().pk}/roles/", {"roles": "facilitator"})
    assert bryn.memberships.get().is_steward


def test_there_is_no_such_role(community: CommunityPage, asha: User, bryn: User) -> None:
    address = f"{community.url}members/{bryn.memberships.get().pk}/roles/"
    assert browse(asha).post(address, {"roles": "king"}).status_code == 422


# -- places ------------------------------------------------------------------------------------------------------------
def test_a_full_community_puts_carys_on_the_waiting_list(community: CommunityPage, bryn: User, carys: User) -> None:
    has_places(community, 1)
    assert services.join(community, carys).state is State.WAITING
    assert taken(community) == 1


def test_who_waits_longest_comes_in_when_somebody_leaves(community: CommunityPage, bryn: User, carys: User) -> None:
    has_places(community, 1)
    services.join(community, carys)
    services.join(community, later := PersonFactory())
    services.leave(bryn.memberships.get())
    assert state_of(carys, community) == State.ACTIVE
    assert state_of(later, community) == State.WAITING


def test_who_waits_comes_in_when_the_community_grows(community: CommunityPage, bryn: User, carys: User) -> None:
    has_places(community, 1)
    services.join(community, carys)
    has_places(community, 2)
    assert state_of(carys, community) == State.ACTIVE
    assert taken(community) == 2


def test_whoever_is_let_in_waits_where_no_place_is_free(
    community: CommunityPage, asha: User, bryn: User, carys: User
) -> None:
    has_places(community, 2)
    asked = make_member(carys, community, state=State.ASKED)
    response = browse(asha).post(f"{community.url}members/{asked.pk}/accept/", follow=True)
    assert "There is no free place." in response.content.decode()
    assert state_of(carys, community) == State.WAITING


def test_a_community_does_not_shrink_below_its_members(community: CommunityPage, asha: User, bryn: User) -> None:
    page = CommunityPage.objects.get(pk=community.pk)
    page.capacity = 1
    with pytest.raises(ValidationError, match="There are 2 members already"):
        page.full_clean()


def test_a_community_closes_after_it_opens(community: CommunityPage) -> None:
    community.opened_on, community.closed_on = date(2026, 3, 2), date(2026, 3, 1)
    with pytest.raises(ValidationError, match="A community closes after it opened"):
        community.full_clean()


def test_leaving_twice_frees_one_place(community: CommunityPage, asha: User, bryn: User) -> None:
    first, second = bryn.memberships.get(), bryn.memberships.get()
    services.leave(first)
    services.leave(second)
    assert taken(community) == 1


def test_accepting_twice_takes_one_place(community: CommunityPage, asha: User, carys: User) -> None:
    make_member(carys, community, state=State.ASKED)
    first, second = carys.memberships.get(), carys.memberships.get()
    services.accept(first, by=asha)
    services.accept(second, by=asha)
    assert taken(community) == 2


def test_whoever_took_it_back_is_not_let_in(community: CommunityPage, asha: User, carys: User) -> None:
    asked = make_member(carys, community, state=State.ASKED)
    services.leave(carys.memberships.get())
    assert services.accept(asked, by=asha).state == State.ENDED
    assert taken(community) == 1


def test_of_two_facilitators_who_stand_down_at_once_one_stays(community: CommunityPage, asha: User, bryn: User) -> None:
    services.set_roles(bryn.memberships.get(), [facilitator()], by=asha)
    make_member(PersonFactory(), community, "facilitator")
    make_member(PersonFactory(), community)
    hers, his = asha.memberships.get(), bryn.memberships.get()
    services.set_roles(hers, [], by=asha)
    with pytest.raises(CannotLeave):
        services.set_roles(his, [], by=bryn)


def test_places_are_counted_anew(community: CommunityPage, asha: User, bryn: User) -> None:
    Places.objects.update(taken=9)
    services.recount_places(community)
    assert taken(community) == 2


def test_publishing_an_old_draft_brings_no_old_count_back(community: CommunityPage, asha: User, carys: User) -> None:
    draft = community.save_revision()
    services.join(community, carys)
    draft.publish()
    assert taken(community) == 2


# -- what others see of it ---------------------------------------------------------------------------------------------
def test_a_member_sees_that_they_are_one(community: CommunityPage, asha: User, bryn: User) -> None:
    assert "You are a member" in browse(bryn).get(community.url).content.decode()
    assert "You are a facilitator" in browse(asha).get(community.url).content.decode()


@pytest.mark.parametrize(
    ("state", "words"), [(State.ASKED, "You asked to join"), (State.WAITING, "You are on the waiting list")]
)
def test_who_is_not_in_yet_sees_that(community: CommunityPage, carys: User, state: State, words: str) -> None:
    make_member(carys, community, state=state)
    assert words in browse(carys).get(community.url).content.decode()


def test_asking_opens_nothing(private_community: CommunityPage, carys: User) -> None:
    make_member(carys, private_community, state=State.ASKED)
    assert browse(carys).get(private_community.url).status_code == 404


def test_only_ones_own_communities(community: CommunityPage, bryn: User) -> None:
    CommunityFactory(title="Old Boilers")
    page = browse(bryn).get("/communities/?mine=1").content.decode()
    assert "Foster Care Together" in page
    assert "Old Boilers" not in page


def test_communities_by_stage(community: CommunityPage) -> None:
    CommunityFactory(title="Old Boilers", pilot=True)
    page = browse().get("/communities/?stage=pilot").content.decode()
    assert "Old Boilers" in page
    assert "Foster Care Together" not in page


def test_who_takes_a_request_back_is_not_told_that_they_left(community, carys):
    community.joining = Joining.ASK
    community.save()
    services.join(community, carys)
    shown = browse(carys).post(f"{community.url}leave/", follow=True).content.decode()
    assert f"You no longer ask to join {community.title}." in shown
    assert "You have left" not in shown
