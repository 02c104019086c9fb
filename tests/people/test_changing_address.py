"""Changing one's e-mail address: a password, a proof by mail, a word to the old address; until then it counts for
nothing.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from communities.forms import AppointForm
from people import addresses
from people.models import User
from tests.conftest import browse
from tests.factories import PASSWORD, PersonFactory
from tests.people.test_sign_in import sign_in

PAGE = "/account/email/"
NEW = "new@example.org"


def claim(person: User, email: str = NEW, password: str = PASSWORD) -> Client:
    """A browser in which ``person`` asked for another address and gave a password."""
    browser = browse(person)
    response = browser.post(PAGE, {"action_add": "", "email": email})
    assert response["Location"].startswith("/account/reauthenticate/")
    browser.post(response["Location"], {"password": password, "next": PAGE})
    return browser


def link(email: str = NEW) -> str:
    """The address in the newest proof that went to ``email``."""
    (body,) = [message.body for message in mail.outbox if message.to == [email]][-1:]
    found = re.search(r"http://[^/]+(/account/confirm-email/\S+)", body)
    assert found
    return found[1]


def address_of(person: User) -> str:
    person.refresh_from_db()
    return str(person.email)


def test_nothing_is_sent_before_the_password_was_given(carys: User) -> None:
    browse(carys).post(PAGE, {"action_add": "", "email": NEW})
    claim(carys, password="not the password")
    assert mail.outbox == []
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_the_password_typed_again_begins_a_new_session_and_ends_the_old_one(carys: User) -> None:
    browser = browse(carys)
    before = browser.session.session_key
    page = browser.post(PAGE, {"action_add": "", "email": NEW})["Location"]
    browser.post(page, {"password": PASSWORD, "next": PAGE})
    assert browser.session.session_key != before
    assert not browser.session.exists(before)


def test_the_new_address_gets_a_proof_and_the_old_one_is_told(carys: User) -> None:
    claim(carys)
    assert sorted((message.to[0], "confirm-email" in message.body) for message in mail.outbox) == [
        (carys.email, False),
        (NEW, True),
    ]
    assert address_of(carys) == "carys@example.org"


def test_the_proof_makes_the_change_and_the_old_address_is_told(carys: User) -> None:
    browser = claim(carys)
    mail.outbox = mail.outbox[-2:]
    browser.post(link())
    assert address_of(carys) == NEW
    assert mail.outbox[-1].to == ["carys@example.org"]
    assert NEW in mail.outbox[-1].body
    assert sign_in(NEW).status_code == 302
    assert sign_in("carys@example.org").status_code == 200


def test_whoever_reads_the_mail_cannot_give_the_address_away(carys: User, bryn: User) -> None:
    claim(carys, bryn.email)
    for browser, status in ((browse(bryn), 404), (Client(), 302)):
        assert browser.get(link(bryn.email)).status_code == 200
        assert browser.post(link(bryn.email)).status_code == status
    assert address_of(carys) == "carys@example.org"


def test_a_link_is_good_for_a_day(carys: User) -> None:
    browser = claim(carys)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        browser = browse(carys)
        assert browser.post(link()).status_code == 404
    assert address_of(carys) == "carys@example.org"


def test_a_claim_signs_nobody_in_and_resets_nothing(carys: User) -> None:
    claim(carys)
    mail.outbox.clear()
    assert sign_in(NEW).status_code == 200
    Client().post("/account/password/reset/", {"email": NEW})
    assert mail.outbox == []


def test_a_colleagues_address_stays_theirs(carys: User, bryn: User) -> None:
    browser = claim(carys, bryn.email)
    mail.outbox.clear()
    response = sign_in(bryn.email)
    assert response.client.session["_auth_user_id"] == str(bryn.pk)
    Client().post("/account/password/reset/", {"email": bryn.email})
    assert [message.to for message in mail.outbox] == [[bryn.email]]
    assert browser.post(PAGE, {"action_primary": "", "email": bryn.email}).status_code == 302
    assert address_of(carys) == "carys@example.org"


def test_a_colleagues_address_cannot_be_proved_either(carys: User, bryn: User) -> None:
    browser = claim(carys, bryn.email)
    page = browser.post(link(bryn.email), follow=True)
    assert "somebody else’s" in page.content.decode()
    assert address_of(carys) == "carys@example.org"


@pytest.mark.parametrize("action", ["action_primary", "action_send", "action_remove"])
def test_no_button_makes_a_claim_count(carys: User, action: str) -> None:
    browser = claim(carys)
    assert browser.post(PAGE, {action: "", "email": NEW}).status_code == 302
    assert address_of(carys) == "carys@example.org"
    assert not EmailAddress.objects.filter(email=NEW, verified=True).exists()


def test_a_claimed_address_is_invited_by_nobody_and_shown_to_nobody(carys: User, bryn: User) -> None:
    claim(carys)
    form = AppointForm({"email": NEW})
    assert not form.is_valid()
    assert NEW not in browse(bryn).get(carys.get_absolute_url()).content.decode()


def test_a_claim_does_not_keep_the_hub_team_from_making_that_account(carys: User, hub_team: User) -> None:
    browser = claim(carys)
    made = PersonFactory(first_name="Newcomer", email=NEW)
    assert sign_in(NEW).client.session["_auth_user_id"] == str(made.pk)
    browser.post(link())
    assert (address_of(carys), address_of(made)) == ("carys@example.org", NEW)


def test_a_new_password_ends_what_was_claimed_with_the_old_one(carys: User) -> None:
    browser = claim(carys)
    new = "quite another long one"
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert browse(User.objects.get(pk=carys.pk)).post(link()).status_code == 404


@pytest.mark.parametrize("how", ["saved", "in bulk"])
def test_what_the_hub_team_writes_counts_at_once(carys: User, how: str) -> None:
    claim(carys)
    if how == "saved":
        carys.email = "hughes@example.org"
        carys.save()
    else:
        User.objects.filter(pk=carys.pk).update(email="hughes@example.org")
    assert sign_in("hughes@example.org").status_code == 302
    assert "hughes@example.org" in browse(User.objects.get(pk=carys.pk)).get(PAGE).content.decode()
    assert EmailAddress.objects.get(user=carys, primary=True).email == "hughes@example.org"


def test_two_who_swap_addresses_disturb_nothing(carys: User, bryn: User) -> None:
    addresses.settle(carys)
    User.objects.filter(pk=carys.pk).update(email="elsewhere@example.org")
    User.objects.filter(pk=bryn.pk).update(email="carys@example.org")
    bryn.refresh_from_db()
    addresses.settle(bryn)
    row = EmailAddress.objects.get(email="carys@example.org")
    assert (row.user_id, row.verified, row.primary) == (bryn.pk, True, True)


@pytest.mark.parametrize("email", ["carys@example.org", "CARYS@example.org"])
def test_ones_own_address_is_no_new_one(carys: User, email: str) -> None:
    page = browse(carys).post(PAGE, {"action_add": "", "email": email})
    assert "sign in with already" in page.content.decode()


def test_nothing_with_a_zero_byte_is_looked_for(carys: User) -> None:
    assert addresses.owner_of("carys@example.org\0") is None
    assert sign_in("carys\0@example.org").status_code == 302  # the same address, without what nobody sees


def test_whoever_has_no_password_gets_their_first_one_by_mail(carys: User) -> None:
    carys.set_unusable_password()
    carys.save()
    assert browse(carys).get("/account/password/set/")["Location"] == "/account/password/reset/"


def test_a_mail_server_that_is_away_breaks_no_page(carys: User, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    page = Client().post("/account/password/reset/", {"email": carys.email}, follow=True)
    assert page.redirect_chain == [("/account/password/reset/done/", 302)]
