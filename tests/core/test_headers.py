"""What every response says to browsers and to caches on the way."""

from typing import Any

import pytest
from django.test import Client

from tests.visibility import ROWS, World

STRICT = ("script-src 'self'", "style-src 'self'", "default-src 'none'", "base-uri 'none'", "frame-ancestors 'self'")
OWN_POLICY = ("art/", "documents/^")  # a picture is a document of its own, and a file may do nothing at all
KEPT_BY_ALL = (
    "art/",
    "style/",
    "robots.txt",
    "healthz",
    "manifest.webmanifest",
    "offline/",
    "sw.js",
)  # nothing in them depends on the reader


@pytest.mark.parametrize("reader", ["nobody", "carys", "hub_team"])
def test_every_address_has_the_strict_policy_and_the_editor_alone_a_looser_one(
    world: World, db: Any, reader: str
) -> None:
    browser, wrong = world.browser(reader), []
    for name, row in ROWS.items():
        policy = row.ask(browser, world.public).get("Content-Security-Policy", "")
        directives = [directive.strip() for directive in policy.split(";")]
        if name.startswith(OWN_POLICY):
            continue
        loose = "script-src 'self' 'unsafe-inline'" in directives
        in_editor = name.lstrip("^").startswith(("admin/", "django-admin/"))
        if loose is not in_editor or (not loose and not set(STRICT) <= set(directives)):
            wrong.append((name, policy))
    assert wrong == []


def test_no_shared_cache_keeps_what_depends_on_the_reader(world: World, db: Any) -> None:
    browser = world.browser("carys")
    kept = {name: row.ask(browser, world.public).get("Cache-Control", "") for name, row in ROWS.items()}
    assert {name: value for name, value in kept.items() if "private" not in value and "no-store" not in value} == {
        name: value for name, value in kept.items() if name.startswith(KEPT_BY_ALL) and "no-store" not in value
    }


def test_every_response_is_read_as_what_it_says_it_is(world: World, db: Any) -> None:
    browser = Client()
    sniffed = [
        name for name, row in ROWS.items() if row.ask(browser, world.public).get("X-Content-Type-Options") != "nosniff"
    ]
    assert sniffed == []


def test_pages_hold_no_inline_style_script_or_handler(world: World, db: Any) -> None:
    browser = world.browser("asha")
    for name, row in ROWS.items():
        response = row.ask(browser, world.public)
        if name.startswith(("admin/", "django-admin/", "art/", "_util")) or "html" not in response["Content-Type"]:
            continue
        page = response.content.decode()
        assert not [mark for mark in (" style=", "<style", " onclick=", "javascript:") if mark in page], name


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
