"""Two people at once: each deed acts on what is there when its turn comes, not on what its form or its query saw."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.invitations import services as invitations
from accounts.models import Invitation
from communities import services
from communities.models import CommunityPage, Joining, Membership, Places, Stage, State
from communities.models.default_roles import facilitator
from communities.services import places
from communities.services.succession import give, take
from people.models import User
from tests.conftest import browse, invite
from tests.factories import PersonFactory, make_member


@contextmanager
def quicker(deed: Callable[[], Any]) -> Iterator[None]:
    """Somebody else is quicker: ``deed`` is done while we wait for the community's places."""
    lock, deeds = places.one_at_a_time, [deed]

    def waits(community_pk: int) -> None:
        if deeds:
            deeds.pop()()
        lock(community_pk)

    with mock.patch.object(places, "one_at_a_time", waits):
        yield


def state_of(person: User) -> str:
    return str(person.memberships.latest("pk").state)


@pytest.fixture
def full(community: CommunityPage, asha: User, bryn: User, carys: User) -> CommunityPage:
    """Asha and Bryn have the places; Carys waits."""
    community.capacity = 2
    community.save()
    make_member(carys, community, state=State.WAITING)
    return community


def test_who_is_let_in_while_their_account_is_switched_off_holds_no_place(
    full: CommunityPage, bryn: User, carys: User
) -> None:
    with quicker(lambda: services.leave(bryn.memberships.get())):
        User.objects.filter(pk=carys.pk).update(is_active=False)
    assert state_of(carys) == State.PAUSED
    call_command("check_memberships")
    assert Places.objects.get().taken == 1


def test_who_leaves_while_their_account_is_switched_off_has_left(community: CommunityPage, bryn: User) -> None:
    with quicker(lambda: services.leave(bryn.memberships.get())):
        User.objects.filter(pk=bryn.pk).update(is_active=False)
    assert state_of(bryn) == State.ENDED
    call_command("check_memberships")


def test_fewer_places_are_set_while_somebody_joins(community: CommunityPage, asha: User, carys: User) -> None:
    found = Places.objects.get_or_create

    def found_then_joined(**values: Any) -> Any:
        answer = found(**values)
        services.join(CommunityPage.objects.get(), carys)
        return answer

    community.capacity = 1
    with mock.patch.object(Places.objects, "get_or_create", found_then_joined):
        Places.follow(community)
    assert str(Places.objects.get()) == "2 / 2"


def close() -> None:
    CommunityPage.objects.update(stage=Stage.CLOSED)


def ask(community: CommunityPage, person: User) -> Membership:
    return make_member(person, community, state=State.ASKED)


def test_nobody_joins_what_was_closed_meanwhile(community: CommunityPage, carys: User) -> None:
    with quicker(close), pytest.raises(services.CannotJoin, match="closed"):
        services.join(community, carys)


def test_nobody_is_let_into_what_was_closed_meanwhile(community: CommunityPage, asha: User, carys: User) -> None:
    asked = Membership.objects.select_related("community").get(pk=ask(community, carys).pk)
    with quicker(close), pytest.raises(services.CannotJoin, match="closed"):
        services.accept(asked, by=asha)


def test_an_invitation_is_not_accepted_once_it_is_closed(community: CommunityPage, asha: User, carys: User) -> None:
    invited = services.invite(community, carys, by=asha)
    with quicker(close), pytest.raises(services.CannotJoin, match="closed"):
        services.accept_invitation(invited)


@pytest.mark.parametrize("way", ["join", "invite", "appoint"])
def test_who_was_switched_off_meanwhile_gets_no_membership(
    community: CommunityPage, asha: User, carys: User, way: str
) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False)
    deeds = {
        "join": lambda: services.join(community, carys),
        "invite": lambda: services.invite(community, carys, by=asha),
        "appoint": lambda: services.appoint(community, carys, by=None),
    }
    with pytest.raises(services.CannotJoin):
        deeds[way]()
    assert not carys.memberships.exists()


def test_nobody_joins_what_was_deleted_meanwhile(community: CommunityPage, carys: User) -> None:
    CommunityPage.objects.get().delete()
    with pytest.raises(services.CannotJoin, match="gone"):
        services.join(community, carys)


def test_who_has_left_meanwhile_gets_no_other_part(community: CommunityPage, asha: User, bryn: User) -> None:
    theirs = bryn.memberships.get()
    with quicker(lambda: services.leave(bryn.memberships.get())):
        services.set_roles(theirs, [facilitator()], by=asha)
    assert not bryn.memberships.get().is_steward


def test_who_was_deleted_meanwhile_is_no_error(community: CommunityPage, asha: User, bryn: User) -> None:
    theirs = bryn.memberships.get()
    with quicker(bryn.delete):
        services.remove(theirs, asha, "You are gone.")
    assert Places.objects.get().taken == 1


def test_who_is_invited_anew_keeps_the_invitation(community: CommunityPage, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    Membership.objects.filter(person=carys).update(since=timezone.now() - timedelta(days=31))
    with quicker(lambda: services.invite(community, carys, by=asha)):
        assert services.end_expired() == 0
    assert state_of(carys) == State.INVITED


# -- invitations that were answered, or taken back ---------------------------------------------------------------------
def invitation_of(community: CommunityPage, by: User, person: User) -> Invitation:
    invite(by, community, str(person.email))
    return Invitation.objects.get()


def test_an_invitation_that_is_taken_back_while_its_person_is_away_does_not_come_back_with_them(
    community: CommunityPage, asha: User, carys: User
) -> None:
    invitation = invitation_of(community, asha, carys)
    User.objects.filter(pk=carys.pk).update(is_active=False)
    invitations.withdraw(invitation, by=asha)
    User.objects.filter(pk=carys.pk).update(is_active=True)
    assert state_of(carys) == State.ENDED


WAYS_IN = {
    "yes": lambda community, carys: services.accept_invitation(carys.memberships.get()),
    "the form for joining": services.join,
    "the hub team": lambda community, carys: services.appoint(community, carys, by=None),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_who_came_in_is_invited_no_more(community: CommunityPage, asha: User, carys: User, way: str) -> None:
    invitation = invitation_of(community, asha, carys)
    WAYS_IN[way](community, carys)
    assert state_of(carys) == State.ACTIVE
    assert not Invitation.objects.open().exists()
    assert not invitations.withdraw(invitation, by=asha)
    assert state_of(carys) == State.ACTIVE


def test_who_asked_is_not_invited_while_nobody_is_let_in(community: CommunityPage, asha: User, carys: User) -> None:
    ask(community, carys)
    community.stage = Stage.PAUSED
    community.save()
    invite(asha, community, str(carys.email))
    assert state_of(carys) == State.ASKED
    assert not Invitation.objects.open().exists()


def test_who_left_can_be_invited_again(community: CommunityPage, asha: User, bryn: User) -> None:
    services.leave(bryn.memberships.get())
    invitation_of(community, asha, bryn)
    assert state_of(bryn) == State.INVITED


# -- pages that are older than what they show --------------------------------------------------------------------------
MEANWHILE = "Somebody has decided this meanwhile."


@pytest.mark.parametrize("deed", ["accept", "decline", "roles", "remove"])
def test_a_page_that_is_too_old_says_so(community: CommunityPage, asha: User, carys: User, deed: str) -> None:
    asked = ask(community, carys)
    services.decline(asked, by=asha)
    data = {"roles": "facilitator", "reason": "Why not."}
    address = f"{community.url}members/{asked.pk}/{deed}/"
    assert MEANWHILE in browse(asha).post(address, data, follow=True).content.decode()
    assert not Membership.objects.get(pk=asked.pk).roles


@pytest.mark.parametrize("role", ["facilitator", ""])
def test_yes_is_pressed_twice(private_community: CommunityPage, dev: User, carys: User, role: str) -> None:
    give(dev.memberships.get(), facilitator())
    services.invite(private_community, carys, by=dev)
    if not role:
        take(dev.memberships.get(), facilitator())
    browser, address = browse(carys), f"{private_community.url}invitation/"
    for _time in range(2):
        assert browser.post(address, {"answer": "yes"}, follow=True).status_code == 200


def test_no_after_yes_ends_no_membership(community: CommunityPage, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    browser, address = browse(carys), f"{community.url}invitation/"
    browser.post(address, {"answer": "yes"})
    browser.post(address, {"answer": "no"})
    assert state_of(carys) == State.ACTIVE


def test_leaving_is_pressed_twice(private_community: CommunityPage, dev: User) -> None:
    browser = browse(dev)
    for _time in range(2):
        assert browser.post(f"{private_community.url}leave/", follow=True).status_code == 200


def test_withdrawing_is_pressed_twice(community: CommunityPage, asha: User, carys: User) -> None:
    address = f"{community.url}members/invited/{invitation_of(community, asha, carys).pk}/withdraw/"
    browser = browse(asha)
    browser.post(address)
    assert "open no more" in browser.post(address, follow=True).content.decode()


def test_of_two_facilitators_who_step_down_at_once_one_stays(community: CommunityPage, asha: User, bryn: User) -> None:
    make_member(PersonFactory(), community)
    services.set_roles(bryn.memberships.get(), [facilitator()], by=asha)
    mine = asha.memberships.get()

    def step_down() -> None:
        services.set_roles(bryn.memberships.get(), [], by=bryn)

    with quicker(step_down), pytest.raises(services.CannotLeave):
        services.leave(mine)


def test_who_asks_for_what_is_by_invitation_now_is_told(community: CommunityPage, carys: User) -> None:
    by_invitation = lambda: CommunityPage.objects.update(joining=Joining.INVITATION)  # noqa: E731
    with quicker(by_invitation), pytest.raises(services.CannotJoin, match="by invitation"):
        services.join(community, carys)
