"""Cookies that are the browser's alone, and a form that grew old.

What every response says to browsers and caches is held by ``tests/visibility/promises.py``, at every address.
"""

from typing import Any

import pytest
from django.test import Client

from tests.visibility.world import World


def test_cookies_are_not_for_scripts_or_other_sites(world: World, db: Any) -> None:
    browser = Client()
    response = browser.post(
        "/account/login/", {"login": world.cast["carys"].email, "password": "a long enough password"}
    )
    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("name", ["__Host-session", "__Host-csrf"])
def test_in_production_cookies_belong_to_this_host_alone(name: str) -> None:
    import runpy
    from unittest import mock

    sample = {"SECRET_KEY": "x", "ALLOWED_HOSTS": "hub.example", "HTTPS": "true"}
    with mock.patch.dict("os.environ", sample):
        held = runpy.run_module("hub.settings.production")
    assert name in (held["SESSION_COOKIE_NAME"], held["CSRF_COOKIE_NAME"])
    assert held["SESSION_COOKIE_SECURE"]
    assert held["CSRF_COOKIE_SECURE"]


def test_a_form_that_grew_old_says_what_to_do(world: World, db: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a"})
    assert response.status_code == 403
    assert "That page had been open too long." in response.content.decode()
