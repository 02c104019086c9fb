"""Whoever has no account gets a link: it opens a page, and only a button there does anything, once."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Invitation
from communities.models import CommunityPage, State
from people.models import User
from tests.accounts.links import ANSWER, GWEN, links, press, text
from tests.conftest import browse, invite


@pytest.fixture(autouse=True)
def _operator(settings: Any) -> None:
    settings.STAFF_DOMAINS = ["withermere.example"]


def test_gwen_says_yes_and_is_in(community: CommunityPage, asha: User) -> None:
    invite(asha, community, f"Gwen Rees <{GWEN.upper()}>", word="Your hedges are famous.", purpose="Knows hedges.")
    [message] = mail.outbox
    assert (message.to, community.title in message.subject) == ([GWEN], False)
    assert "Your hedges are famous." in message.body
    browser = Client()
    page = text(browser.get(links()[0]))
    assert "Your hedges are famous." in page
    assert 'value="Gwen Rees"' in page
    assert not User.objects.filter(email=GWEN).exists(), "whoever opens a link has not said yes"
    page = text(press(links()[0], browser))
    assert "Foster Care Together is now among your communities" in page
    gwen = User.objects.get(email=GWEN)
    assert (gwen.kind, gwen.memberships.get().state, gwen.stay.sponsor, gwen.stay.purpose) == (
        *("resident", State.ACTIVE, asha, "Knows hedges."),
    )
    assert gwen.emailaddress_set.get().verified
    assert browser.session["_auth_user_id"] == str(gwen.pk)


def test_the_database_holds_no_link(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    token = links()[0].split("/")[-2]
    held = Invitation.objects.values().get()
    assert token not in str(held)
    assert len(held["token_digest"]) == 64


def test_it_works_once_and_a_second_press_of_the_same_button_is_no_harm(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    press(links()[0])
    stranger = press(links()[0], **{**ANSWER, "password1": "another long password"})
    assert "This invitation was accepted" in text(stranger)
    assert "_auth_user_id" not in stranger.client.session
    again = press(links()[0])
    assert again.client.session["_auth_user_id"] == str(User.objects.get(email=GWEN).pk)
    assert User.objects.filter(email=GWEN).count() == 1


def test_a_used_link_is_no_way_round_single_sign_on(community: CommunityPage, asha: User, settings: Any) -> None:
    invite(asha, community, GWEN)
    press(links()[0])
    settings.SIGN_ON = [{"provider_id": "council", "name": "Council"}]
    settings.SIGN_ON_ONLY = [User.objects.get(email=GWEN).kind]
    assert "_auth_user_id" not in press(links()[0]).client.session


def test_guessing_at_a_used_link_is_counted_as_any_guessing(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    press(links()[0])
    for _time in range(7):
        answer = press(links()[0], **{**ANSWER, "password1": "another long password"})
        assert (answer.status_code, "_auth_user_id" in answer.client.session) == (410, False)
    assert "_auth_user_id" not in press(links()[0]).client.session


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "  "}, "This field is required."),
        ({"password1": "password1234", "password2": "password1234"}, "among the passwords that are tried first"),
        ({"password2": "three herons on a hall"}, "The two passwords are not the same."),
    ],
)
def test_what_is_wrong_is_said_and_the_name_is_kept(
    community: CommunityPage, asha: User, wrong: dict[str, str], words: str
) -> None:
    invite(asha, community, GWEN)
    page = press(links()[0], **{**ANSWER, **wrong})
    assert (page.status_code, words in text(page)) == (422, True)
    assert not User.objects.filter(email=GWEN).exists()


def test_no_makes_no_account_and_tells_nobody(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    before = browse(asha).get(f"{community.url}members/").content.decode().count(GWEN)
    assert "No account is made" in text(press(links()[0], answer="no"))
    assert browse(asha).get(f"{community.url}members/").content.decode().count(GWEN) == before > 0
    assert not User.objects.filter(email=GWEN).exists()
