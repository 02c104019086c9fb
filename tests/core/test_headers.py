"""What every response says to browsers and to caches on the way."""

from typing import Any

import pytest
from django.test import Client

from tests.visibility import ROWS
from tests.visibility.world import World

STRICT = ("script-src 'self'", "style-src 'self'", "default-src 'none'", "base-uri 'none'", "frame-ancestors 'self'")
OWN_POLICY = ("art/", "documents/^", "conversations/files/")
"""A picture is a document of its own, and a file may do nothing at all."""
KEPT_BY_ALL = (
    "art/",
    "style/",
    "robots.txt",
    "healthz",
    "manifest.webmanifest",
    "offline/",
    "sw.js",
)  # nothing in them depends on the reader


READERS = ("nobody", "carys", "asha", "hub_team")
WRITTEN_INLINE = (" style=", "<style", " onclick=", "javascript:")


def lacks_the_strict_policy(name: str, response: Any) -> bool:
    """Whether it has another policy than it should: the editor alone has a looser one."""
    if name.startswith(OWN_POLICY):
        return False
    directives = [directive.strip() for directive in response.get("Content-Security-Policy", "").split(";")]
    loose = "script-src 'self' 'unsafe-inline'" in directives
    in_editor = name.lstrip("^").startswith(("admin/", "django-admin/"))
    return loose is not in_editor or (not loose and not set(STRICT) <= set(directives))


def is_kept_for_somebody_else(name: str, response: Any) -> bool:
    """Whether a shared cache may keep what depends on the reader."""
    value = response.get("Cache-Control", "")
    return "private" not in value and "no-store" not in value and not name.startswith(KEPT_BY_ALL)


def is_sniffed(_name: str, response: Any) -> bool:
    return response.get("X-Content-Type-Options") != "nosniff"


def holds_inline_code(name: str, response: Any) -> bool:
    """An inline style, script or handler."""
    if name.startswith(("admin/", "django-admin/", "art/", "_util")) or "html" not in response["Content-Type"]:
        return False
    return any(mark in response.content.decode() for mark in WRITTEN_INLINE)


FAULTS = (lacks_the_strict_policy, is_sniffed, holds_inline_code)


@pytest.mark.parametrize("reader", READERS)
def test_every_response_says_what_browsers_and_caches_may_do_with_it(world: World, db: Any, reader: str) -> None:
    browser, wrong = world.browser(reader), []
    faults = FAULTS if reader == "nobody" else (*FAULTS, is_kept_for_somebody_else)
    for name, row in ROWS.items():
        answer = row.ask(browser, world.public)
        wrong += [(fault.__name__, name) for fault in faults if fault(name, answer)]
    assert wrong == []


def test_what_depends_on_no_reader_is_kept_by_shared_caches(world: World, db: Any) -> None:
    """Without this the test above might find nothing because nothing is kept."""
    browser = world.browser("carys")
    names = [name for name in ROWS if name.startswith(KEPT_BY_ALL)]
    kept = [name for name in names if "public" in ROWS[name].ask(browser, world.public).get("Cache-Control", "")]
    assert kept


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
