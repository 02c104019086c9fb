"""Links that open nothing, or not for this person."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.invitations.link_views import _may_choose_password
from accounts.invitations.tokens import found_by
from accounts.models import Invitation, OutsideStay
from communities.models import CommunityPage, Stage, State
from communities.models.default_roles import facilitator
from communities.services.succession import give, take
from people.models import User
from tests.accounts.links import GWEN, ask_again, leave, links, press, send_again, text
from tests.conftest import browse, invite
from tests.factories import PASSWORD as OF_FACTORY, PersonFactory


@pytest.fixture(autouse=True)
def _operator(settings: Any) -> None:
    settings.STAFF_DOMAINS = ["withermere.example"]


def test_a_link_is_good_for_seven_days_and_a_new_one_goes_to_the_same_address(
    community: CommunityPage, asha: User
) -> None:
    invite(asha, community, GWEN)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        page = Client().get(links()[0])
        assert "This link is too old" in text(page)
        assert "This link is too old" in text(press(links()[0]))
        press(links()[0], answer="again")
        assert Client().get(links()[0]).status_code == 404
        press(links()[1])
    assert User.objects.filter(email=GWEN).exists()


def withdraw(hub_team: User) -> None:
    browse(hub_team).post(f"/ways-in/invitations/{Invitation.objects.get().pk}/withdraw/")


def wait() -> None:
    Invitation.objects.update(since=timezone.now() - timedelta(days=31))


MEANWHILE = {
    "withdrawn": (lambda asha, hub_team: withdraw(hub_team), 410),
    "sent again": (lambda asha, hub_team: send_again(hub_team), 404),
    "the inviter left": (lambda asha, hub_team: leave(asha), 410),
    "the inviter facilitates no more": (lambda asha, hub_team: take(asha.memberships.get(), facilitator()), 410),
    "a month": (lambda asha, hub_team: wait(), 410),
    "the community is taken down": (lambda asha, hub_team: CommunityPage.objects.get().unpublish(), 410),
    "the community is deleted": (lambda asha, hub_team: CommunityPage.objects.get().delete(), 404),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_a_dead_link_says_what_to_do_and_does_nothing(
    community: CommunityPage, asha: User, hub_team: User, what: str
) -> None:
    invite(asha, community, GWEN)
    happens, status = MEANWHILE[what]
    happens(asha, hub_team)
    for answer in (Client().get(links()[0]), press(links()[0])):
        assert (answer.status_code, "Ask whoever invited you to invite you again." in text(answer)) == (status, True)
    assert not User.objects.filter(email=GWEN).exists()


def test_the_hub_team_sends_on_what_nobody_answers_for(community: CommunityPage, asha: User, hub_team: User) -> None:
    invite(asha, community, GWEN)
    leave(asha)
    send_again(hub_team)
    press(links()[1])
    assert User.objects.get(email=GWEN).memberships.get().state == State.ACTIVE


def test_another_facilitator_asks_again_for_one_who_is_none_any_more(
    community: CommunityPage, asha: User, bryn: User
) -> None:
    invite(asha, community, GWEN)
    give(bryn.memberships.get(), facilitator())
    take(asha.memberships.get(), facilitator())
    ask_again(bryn, community)
    press(links()[1])
    assert User.objects.get(email=GWEN).memberships.get().state == State.ACTIVE


def test_what_the_hub_team_sent_on_a_facilitator_can_send_again(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    invite(asha, community, GWEN, kind="staff")
    send_again(hub_team)
    ask_again(asha, community)
    press(links()[1])
    assert User.objects.get(email=GWEN).is_insider


def test_whoever_has_an_account_agrees_to_no_stay_by_signing_in(community: CommunityPage, asha: User) -> None:
    gwen = PersonFactory(resident=True, email=GWEN)
    invite(asha, community, GWEN)
    browser = Client()
    browser.post("/account/login/", {"login": GWEN, "password": OF_FACTORY})
    assert browser.session["_auth_user_id"] == str(gwen.pk)
    assert (Invitation.objects.get().outcome, OutsideStay.objects.exists()) == ("open", False)


def test_an_account_whose_kind_signs_on_elsewhere_gets_no_password_by_another_kinds_link(
    community: CommunityPage, asha: User, settings: Any
) -> None:
    gwen = User.objects.create_user(GWEN, None, name="Gwen Rees", kind="staff")
    invite(asha, community, GWEN, kind="resident")
    settings.SIGN_ON, settings.SIGN_ON_ONLY = [{"name": "Council"}], ["staff"]
    token = links()[0].rstrip("/").rpartition("/")[2]
    assert not _may_choose_password(found_by(token))
    gwen.kind = "resident"
    gwen.save()
    assert _may_choose_password(found_by(token))


def test_somebody_who_is_signed_in_as_another_accepts_nothing(
    community: CommunityPage, asha: User, carys: User
) -> None:
    invite(asha, community, GWEN)
    browser = browse(carys)
    assert f"You are signed in as Carys Hughes, and this invitation is for {GWEN}" in text(browser.get(links()[0]))
    press(links()[0], browser)
    assert (User.objects.filter(email=GWEN).exists(), carys.memberships.exists()) == (False, False)


def test_an_address_that_got_an_account_meanwhile_signs_in_and_joins(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    gwen = PersonFactory(first_name="Gwen", email=GWEN)
    stranger = press(links()[0])
    assert "has an account already" in text(stranger)
    assert not gwen.memberships.exists()
    press(links()[0], browse(gwen), answer="yes")
    assert gwen.memberships.get().state == State.ACTIVE
    assert gwen.name == "Gwen Example"


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({"stage": Stage.PAUSED}, State.INVITED, "takes nobody in at present"),
        ({"stage": Stage.CLOSED}, State.INVITED, "takes nobody in at present"),
        ({"capacity": 1}, State.WAITING, "You are on the waiting list"),
    ],
)
def test_where_nobody_can_be_let_in_they_have_an_account_and_wait(
    community: CommunityPage, asha: User, change: dict[str, Any], state: str, words: str
) -> None:
    invite(asha, community, GWEN)
    for name, value in change.items():
        setattr(community, name, value)
    community.save()
    assert words in text(press(links()[0]))
    assert User.objects.get(email=GWEN).memberships.get().state == state
