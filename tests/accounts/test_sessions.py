"""Where somebody is signed in, and how that ends."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.sessions.models import SignedInSession
from core.devices import device_name, rough_network
from core.notices import Timing
from core.outbox import drain
from notifications.models import Preferences
from people.models import User
from tests.conftest import browse
from tests.factories import PASSWORD
from tests.notifications.mails import bring_what_waits
from tests.test_query_budgets import warm

PAGE = "/account/sessions/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NEW, NEW_ONE = "quite another long one", ("password1", "password2")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)


def sign_in(person: User, agent: str = FIREFOX, browser: Client | None = None) -> Client:
    browser = browser or Client()
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD}, headers={"User-Agent": agent})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/people/me/").status_code == 200


@pytest.fixture(params=["db", "cached_db"])
def engine(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{request.param}"


def test_carys_sees_her_devices(carys: User) -> None:
    sign_in(carys, IPHONE)
    page = sign_in(carys).get(PAGE, headers={"User-Agent": FIREFOX}).content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("<span>This one</span>") == 1
    assert "127.0.0.…" in page


def test_she_signs_one_out(engine: None, carys: User) -> None:
    phone, here = sign_in(carys, IPHONE), sign_in(carys)
    assert is_in(phone)
    here.post(f"{PAGE}{SignedInSession.objects.get(device='Safari on iPhone').pk}/end/")
    assert (is_in(phone), is_in(here)) == (False, True)


def test_she_signs_all_others_out(engine: None, carys: User, bryn: User) -> None:
    phone, tablet, here, other = sign_in(carys, IPHONE), sign_in(carys), sign_in(carys), sign_in(bryn)
    here.post(f"{PAGE}elsewhere/end/")
    assert [is_in(browser) for browser in (phone, tablet, here, other)] == [False, False, True, True]


def test_somebody_elses_session_is_not_hers_to_end(carys: User, bryn: User) -> None:
    hers, his = sign_in(carys), sign_in(bryn)
    hers.post(f"{PAGE}{SignedInSession.objects.get(person=bryn).pk}/end/")
    assert is_in(his)


def test_a_session_that_was_made_in_another_way_is_seen_too(carys: User) -> None:
    old = browse(carys)
    assert is_in(old)
    sign_in(carys).post(f"{PAGE}elsewhere/end/")
    assert not is_in(old)


def test_reading_writes_once_an_hour(carys: User, django_assert_num_queries: Any) -> None:
    browser = sign_in(carys)
    seen = SignedInSession.objects.get().last_seen
    is_in(browser)
    assert SignedInSession.objects.get().last_seen == seen
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        is_in(browser)
    assert SignedInSession.objects.get().last_seen > seen + timedelta(minutes=60)


def test_a_page_that_asks_by_itself_keeps_no_session_alive(carys: User) -> None:
    browser = sign_in(carys)
    seen = SignedInSession.objects.get().last_seen
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        browser.get("/inbox/new/", headers={"Sec-Fetch-Dest": "empty"})
        assert SignedInSession.objects.get().last_seen == seen
        assert "sessionid" not in browser.get("/inbox/new/", headers={"Sec-Fetch-Dest": "empty"}).cookies


def test_a_new_key_is_the_same_session(carys: User) -> None:
    """Confirming a password gives the session another key."""
    browser = sign_in(carys)
    first = SignedInSession.objects.get()
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    again = SignedInSession.objects.get()
    assert (again.pk, again.session_key != first.session_key) == (first.pk, True)
    sign_in(carys).post(f"{PAGE}elsewhere/end/")
    assert not is_in(browser)


def test_a_closed_account_is_out_at_once_and_stays_out(engine: None, carys: User) -> None:
    browser = sign_in(carys)
    User.objects.filter(pk=carys.pk).update(is_active=False)
    assert not is_in(browser)
    User.objects.filter(pk=carys.pk).update(is_active=True)
    assert not is_in(browser)


def test_a_new_password_ends_the_others(engine: None, carys: User) -> None:
    phone, here = sign_in(carys, IPHONE), sign_in(carys)
    words = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    here.post("/account/password/change/", words)
    assert (is_in(phone), is_in(here)) == (False, True)
    assert SignedInSession.objects.count() == 1


def test_another_address_ends_them_all(engine: None, carys: User) -> None:
    browser = sign_in(carys)
    carys.email = "carys.hughes@example.org"
    carys.save()
    assert not is_in(browser)


def test_a_device_that_nobody_knew_is_told(carys: User) -> None:
    browser = sign_in(carys)
    assert not mail.outbox  # the first one is no news
    browser.post("/account/logout/")
    sign_in(carys, browser=browser)
    assert not mail.outbox
    sign_in(carys, IPHONE)
    assert "somewhere new" in mail.outbox[-1].subject
    assert "Safari on iPhone" in mail.outbox[-1].body
    drain("notices")
    assert "You signed in from somewhere new" in browser.get("/inbox/").content.decode()


def test_what_no_mail_server_took_is_told_once_there_is_one_whatever_somebody_chose(carys: User, settings: Any) -> None:
    Preferences.objects.create(person=carys, addressed=Timing.NEVER)
    browser, taken = sign_in(carys), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 9
    browser.post("/account/password/change/", dict.fromkeys(["oldpassword"], PASSWORD) | dict.fromkeys(NEW_ONE, NEW))
    Client().post("/account/password/reset/", {"email": carys.email})  # whoever waits for a link asks for it again
    assert mail.outbox == []
    settings.EMAIL_BACKEND = taken
    drain("notices")
    (made,) = bring_what_waits()
    assert (made.to, "Your password was changed" in made.subject) == ([carys.email], True)
    assert "Your password was changed" in browser.get("/inbox/").content.decode()
    assert bring_what_waits() == []


def test_the_page_of_settings_says_what_cannot_be_switched_off(carys: User) -> None:
    context = browse(carys).get("/inbox/settings/").context
    label = "You signed in from somewhere new"
    assert label in map(str, context["security"])
    assert label not in [str(line) for _group, lines in context["kinds"] for line in lines]


def test_thirty_devices_cost_what_three_do(carys: User) -> None:
    def add(many: int) -> None:
        for number in range(many):
            SignedInSession.objects.create(person=carys, session_key=get_random_string(32), device=f"Device {number}")

    browser = sign_in(carys)
    add(3)
    few = len(warm(browser, PAGE))
    add(30)
    assert len(warm(browser, PAGE)) == few


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
        ("<script>" * 1000, "Unknown device"),
    ],
)
def test_what_a_device_is_called(agent: str, name: str) -> None:
    assert device_name(RequestFactory().get("/", headers={"User-Agent": agent})) == name


@pytest.mark.parametrize(
    ("address", "place"), [("192.0.2.7", "192.0.2.…"), ("2001:db8:1:2::3", "2001:db8:1:…"), ("", "")]
)
def test_a_network_is_told_roughly(address: str, place: str) -> None:
    assert rough_network(RequestFactory().get("/", REMOTE_ADDR=address)) == place


def test_an_e_mail_about_the_account_calls_the_device_what_people_call_it(carys: User) -> None:
    new = "three herons on a wall"
    browse(carys).post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        headers={"User-Agent": FIREFOX},
    )
    assert "Firefox on Windows" in mail.outbox[0].body
    assert "Mozilla" not in mail.outbox[0].body
