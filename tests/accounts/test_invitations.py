"""Whoever has no account gets a link: it opens a page, and only a button there does anything, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone

from accounts.invitations import services
from accounts.invitations.link_views import _may_choose_password
from accounts.invitations.promise import promise
from accounts.invitations.tokens import found_by
from accounts.models import Invitation, OutsideStay
from communities.models import FACILITATOR, CommunityPage, Stage, State
from communities.models.standing import facilitator
from communities.services.succession import give, take
from core.audiences import Audience
from core.dead_addresses import services as dead_addresses
from notifications.models import Happening
from notifications.wording import put_in_words
from people.models import User
from tests.conftest import browse, invite, next_month
from tests.factories import PASSWORD as OF_FACTORY, PersonFactory, make_member

GWEN = "gwen@example.net"
PASSWORD = "three herons on a wall"
ANSWER = {"answer": "yes", "name": "Gwen Rees", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def _operator(settings: Any) -> None:
    settings.STAFF_DOMAINS = ["withermere.example"]


def links() -> list[str]:
    """The links that went out by e-mail, the newest last."""
    return [match for one in mail.outbox for match in re.findall(r"/account/invitation/\S+", one.body)]


def press(link: str, browser: Client | None = None, **answer: str) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return (browser or Client()).post(link, answer or ANSWER, follow=True)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def from_the_hub(hub_team: User, **said: str) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browse(hub_team).post(
            "/ways-in/invitations/new/", {"addresses": GWEN, "kind": "staff", **said}, follow=True
        )


# -- saying yes --------------------------------------------------------------------------------------------------------
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


# -- links that open nothing, or not for this person -------------------------------------------------------------------
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


def send_again(hub_team: User) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(hub_team).post(f"/ways-in/invitations/{Invitation.objects.get().pk}/again/")


def leave(asha: User) -> None:
    asha.is_active = False
    asha.save()


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


def ask_again(by: User, community: CommunityPage) -> None:
    pk = Invitation.objects.get().pk
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(by).post(f"{community.url}members/invited/{pk}/again/")


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


# -- who may say what --------------------------------------------------------------------------------------------------
def test_who_works_here_is_said_by_the_operators_rule_or_by_the_hub_team(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    invite(asha, community, f"known@withermere.example, {GWEN}", kind="staff")
    assert [one.to for one in mail.outbox] == [["known@withermere.example"]]
    assert "waits for your word" in text(browse(hub_team).get("/"))
    held = Invitation.objects.get(email=GWEN)
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(hub_team).post(f"/ways-in/invitations/{held.pk}/again/")
    press(links()[-1])
    assert User.objects.get(email=GWEN).is_insider


def test_nobody_from_outside_makes_insiders(private_community: CommunityPage, dev: User) -> None:
    give(dev.memberships.get(), facilitator())
    answer = invite(dev, private_community, "friend@withermere.example", kind="staff")
    assert (answer.status_code, Invitation.objects.exists()) == (422, False)
    answer = invite(dev, private_community, GWEN, kind="resident")
    assert "Nobody who works here answers for this community" in text(answer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "resident", "purpose": ""}, "Say why they come"),
        ({"kind": "resident", "review_on": ""}, "Say when this is to be looked at again"),
        ({"kind": "resident", "review_on": "2020-01-01"}, "Choose a day between tomorrow and a year from now."),
        ({"kind": "partner", "organisation": ""}, "Name the organisation that they work for."),
        ({"kind": "resident", "sponsor_email": "dev@example.org"}, "Nobody who works here signs in with this address."),
        ({"addresses": "carys@example.org"}, "carys@example.org has an account already."),
        ({"addresses": "gwen@, x"}, "There is no e-mail address in “gwen@”, “x”."),
        ({"addresses": ",".join(f"p{n}@example.org" for n in range(101))}, "These are 101 addresses."),
    ],
)
def test_the_hub_team_reads_what_is_missing(
    hub_team: User, carys: User, dev: User, said: dict[str, str], words: str
) -> None:
    answer = from_the_hub(hub_team, **{"purpose": "Helps.", "review_on": next_month(), **said})
    assert (answer.status_code, words in text(answer), Invitation.objects.exists()) == (422, True, False)


def test_whoever_has_not_said_where_they_belong_is_asked_for_that_alone(hub_team: User) -> None:
    answer = from_the_hub(hub_team, kind="")
    assert "Say whether they work here" in text(answer)
    assert "Say why they come" not in text(answer)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience.MEMBERS, "which only its members see"),
        (Audience.ORGANISATION, "Whoever works for Withermere Council sees them"),
    ],
)
def test_a_resident_reads_who_else_sees_the_community(community: CommunityPage, audience: str, words: str) -> None:
    community.audience = audience
    community.save()
    assert words in promise("resident", community).sees[1]


def test_an_address_that_no_e_mail_reaches_is_named(hub_team: User, community: CommunityPage, asha: User) -> None:
    from_the_hub(hub_team)
    invite(asha, community, GWEN)
    dead_addresses.stop(GWEN, reason="550 5.1.1 No such user here")
    for reader, page in ((hub_team, "/ways-in/invitations/"), (asha, f"{community.url}members/")):
        assert "No e-mail reaches this address" in text(browse(reader).get(page))
    assert "Look for a slip in the spelling" in text(from_the_hub(hub_team))


def test_an_e_mail_that_was_not_sent_yet_is_on_its_way(hub_team: User) -> None:
    browse(hub_team).post("/ways-in/invitations/new/", {"addresses": GWEN, "kind": "staff"})  # its events wait
    page = text(browse(hub_team).get("/ways-in/invitations/"))
    assert "The e-mail is on its way" in page
    assert "Asked in the hub" not in page


def test_the_hub_team_hears_of_accounts_that_are_off(hub_team: User, community: CommunityPage, carys: User) -> None:
    from_the_hub(hub_team, addresses=str(carys.email), community=str(community.pk))
    leave(carys)
    assert "This account is switched off" in text(browse(hub_team).get("/ways-in/invitations/"))
    answer = from_the_hub(hub_team, addresses=str(carys.email), community=str(community.pk))
    assert (answer.status_code, "is switched off" in text(answer)) == (422, True)


def test_the_hub_team_hears_that_whoever_invited_has_left(hub_team: User, community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    leave(asha)
    assert "Whoever invited has left" in text(browse(hub_team).get("/ways-in/invitations/"))


def test_whoever_signs_out_for_an_invitation_comes_back_to_it(hub_team: User, carys: User) -> None:
    from_the_hub(hub_team)
    browser = browse(carys)
    way_out = f"/account/logout/?next={links()[0]}"
    assert way_out in text(browser.get(links()[0]))
    assert browser.post("/account/logout/", {"next": links()[0]})["Location"] == links()[0]
    assert links()[0] in text(browse(carys).get(way_out))


def test_the_page_of_a_link_tells_where_its_form_comes_from(hub_team: User) -> None:
    """With ``no-referrer`` browsers send ``Origin: null``, and Django refuses the form."""
    from_the_hub(hub_team)
    assert Client().get(links()[0])["Referrer-Policy"] == "strict-origin"


def test_an_invitation_says_what_they_will_see(hub_team: User, private_community: CommunityPage, carys: User) -> None:
    make_member(carys, private_community, FACILITATOR)
    invite(carys, private_community, GWEN)
    sees, hidden = mail.outbox[0].body.split("What you will see:")[1].split("What you will not see:")
    assert "Safe Homes, which only its members see" in sees
    assert "keeps to those who work there" in hidden
    assert "Safe Homes" not in text(browse(hub_team).get("/ways-in/invitations/"))
    from_the_hub(hub_team, addresses="new@withermere.example")
    assert "keeps to those who work there" in mail.outbox[1].body.split("What you will not see:")[0]


def test_nobody_is_written_to_over_and_over(community: CommunityPage, asha: User, carys: User) -> None:
    for _time in range(4):
        answers = [invite(asha, community, address) for address in (GWEN, str(carys.email))]
    assert ["was written to often enough today" in text(answer) for answer in answers] == [True, True]
    assert sum(one.to == [GWEN] for one in mail.outbox) == 3


def test_a_private_word_stays_out_of_the_logs(community: CommunityPage, asha: User) -> None:
    from core.logs import hidden

    invite(asha, community, GWEN)
    line = f'"GET /account/login/?next={links()[0]} HTTP/1.1" 200'
    assert links()[0].split("/")[-2] not in hidden(line)


def test_what_is_long_over_is_forgotten(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        services.forget_old()
    assert not Invitation.objects.exists()
    assert not OutsideStay.objects.exists()


def test_whoever_invited_them_hears_that_they_said_yes(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    press(links()[0])
    [row] = Happening.objects.filter(kind="accounts.invitation_accepted")
    [told] = put_in_words(asha, [row])
    assert str(told.words.title) == "Gwen Rees, whom you invited, said yes to Foster Care Together"
    community.audience = "members"
    community.save()
    asha.memberships.update(state=State.ENDED, until=timezone.now())
    assert put_in_words(User.objects.get(pk=asha.pk), [row]) == []
