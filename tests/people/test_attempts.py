"""Wrong passwords: who is shut out by them, and who is not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from people.models import User
from tests.factories import PASSWORD, PersonFactory
from tests.people.test_sign_in import LOGIN, sign_in

WRONG = "not the password"
TOO_MANY = "Too many wrong passwords"


def fail(email: str, times: int = 5, browser: Client | None = None) -> None:
    for _failure in range(times):
        sign_in(email, WRONG, browser)


def at(network: str) -> Client:
    return Client(REMOTE_ADDR=network)


def test_five_failures_lock_an_account_for_a_while(carys: User, bryn: User) -> None:
    fail(carys.email)
    assert TOO_MANY in sign_in(carys.email).content.decode()
    assert sign_in(bryn.email).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(carys.email).status_code == 302


def test_a_stranger_elsewhere_locks_nobody_out(carys: User) -> None:
    fail(carys.email, 30, at("203.0.113.9"))
    assert sign_in(carys.email).status_code == 302


def test_a_stranger_beside_carys_does_not_lock_her_out_of_her_own_device(carys: User) -> None:
    own = Client()
    sign_in(carys.email, browser=own)
    own.post("/account/logout/")
    fail(carys.email, 30)
    assert TOO_MANY in sign_in(carys.email).content.decode()
    assert sign_in(carys.email, browser=own).status_code == 302


def test_a_known_device_has_a_limit_of_its_own(carys: User) -> None:
    own = Client()
    sign_in(carys.email, browser=own)
    own.post("/account/logout/")
    fail(carys.email, 10, own)
    assert TOO_MANY in sign_in(carys.email, browser=own).content.decode()
    assert sign_in(carys.email).status_code == 302


def test_a_device_that_bryn_knows_says_nothing_of_carys(carys: User, bryn: User) -> None:
    shared = Client()
    sign_in(bryn.email, browser=shared)
    shared.post("/account/logout/")
    fail(carys.email, 5, shared)
    assert TOO_MANY in sign_in(carys.email, browser=shared).content.decode()


def test_a_forged_device_is_an_unknown_one(carys: User) -> None:
    forged = Client()
    forged.cookies["device"] = f'{{"{carys.pk}": "mine"}}:forged'
    fail(carys.email, 5, forged)
    assert TOO_MANY in sign_in(carys.email, browser=forged).content.decode()


def test_a_whole_office_signs_in_from_one_address(home: Any) -> None:
    office = [PersonFactory() for _colleague in range(40)]
    fail(office[0].email, 5)
    assert {sign_in(person.email).status_code for person in office[1:]} == {302}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "reads"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.9, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 192.0.2.8", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::"),
        (1, "2001:db8::1", "2001:db8::"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "no address", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_network_behind_the_proxies(rf: Any, settings: Any, proxies: int, forwarded: str, reads: str) -> None:
    from core.network import network

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert network(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)) == reads


def test_behind_a_proxy_not_all_are_one(carys: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    fail(carys.email, 9, Client(HTTP_X_FORWARDED_FOR="203.0.113.9"))
    assert sign_in(carys.email, browser=Client(HTTP_X_FORWARDED_FOR="198.51.100.7")).status_code == 302


def test_a_machine_that_guesses_everywhere_is_stopped(carys: User, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "sign_in_account": "8/h", "sign_in_network": "8/15m"}
    for number in range(8):
        fail(carys.email, 1, at(f"203.0.113.{number}"))
    assert TOO_MANY in sign_in(carys.email).content.decode()


def test_a_new_password_by_mail_opens_the_account_at_once(carys: User) -> None:
    from tests.people.test_sign_in import new_password

    fail(carys.email)
    new_password(carys, "another long one")
    assert sign_in(carys.email, "another long one").status_code == 302


def test_what_was_typed_stays(carys: User) -> None:
    fail(carys.email)
    assert f'value="{carys.email}"' in sign_in(carys.email).content.decode()


def test_the_device_cookie_is_not_for_scripts(carys: User) -> None:
    cookie = Client().post(LOGIN, {"login": carys.email, "password": PASSWORD}).cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
