"""Nothing that somebody can write into an address bar or a form is answered with an error of the hub's own."""

import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests import fuzzing
from tests.quick import some
from tests.visibility import PAGES
from tests.visibility.world import World

VIEWERS = ("hub_team", "carys", "dev", "nobody")  # who reaches the most comes first: PostgreSQL is asked by them
SEED = 10
SIGNS_OUT = ("/account/logout/",)


def answers(browser: Client, shots: Any) -> dict[str, int]:
    """What was answered with an error, by the request."""
    fired = ((f"{shot.method} {shot.address[:300]} {shot.form}"[:600], shot) for shot in shots)
    return {
        said: status
        for said, shot in fired
        if not shot.address.startswith(SIGNS_OUT) and (status := shot.fire(browser)) >= 500 and status != 503
    }


def in_turns(shots: Iterable[Iterable[fuzzing.Shot]]) -> Iterator[fuzzing.Shot]:
    """What is sent to each address."""
    for number, those in enumerate(shots):
        yield from some(those, every=3, turn=number)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_pattern_takes_hostile_values(world: World, db: Any, viewer: str) -> None:
    """Whoever reaches the most is asked three times for each pattern, and everybody else once."""
    browser, chance = world.browser(viewer), random.Random(f"{SEED} {viewer}")
    routes, times = fuzzing.front(), 3 if viewer == VIEWERS[0] else 1
    assert len(routes) > 50
    asked = in_turns(fuzzing.shots(route, chance, times) for route in routes)
    assert answers(browser, asked) == {}


@pytest.mark.parametrize("viewer", ["carys", "nobody"])
def test_every_page_takes_hostile_parameters(world: World, db: Any, viewer: str) -> None:
    browser, chance = world.browser(viewer), random.Random(f"{SEED} {viewer}")
    addresses = [row.address(world.public) for row in PAGES.values()]
    addresses += ["/search/", "/search/suggestions/", "/people/", "/people/who-knows/", "/account/login/"]
    assert answers(browser, fuzzing.known(world, addresses, chance)) == {}


def test_the_editor_takes_hostile_numbers(world: World, db: Any) -> None:
    browser, chance = world.browser("hub_team"), random.Random(SEED)
    routes = fuzzing.editor()
    assert len(routes) > 100
    assert answers(browser, in_turns(fuzzing.shots(route, chance, 3) for route in routes)) == {}


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "device", "messages"])
@pytest.mark.parametrize(
    "value", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "é" * 40, "x" * 4000, '{"1":', "a:b:c"]
)
def test_a_hostile_cookie_is_none(world: World, db: Any, name: str, value: str) -> None:
    browser = Client(raise_request_exception=False, HTTP_COOKIE=f"{name}={value}")
    assert browser.get("/people/").status_code == 200
    assert browser.post("/account/login/", {"login": "carys@example.org", "password": "x"}).status_code < 500


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_RANGE"])
@pytest.mark.parametrize("value", [",,,", "\0", "é", "x" * 5000, "bytes=9-1"])
def test_a_hostile_header_is_none(world: World, db: Any, settings: Any, header: str, value: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    browser = Client(raise_request_exception=False, **{header: value})
    assert browser.get("/search/?q=lantern").status_code == 200
