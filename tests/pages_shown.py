"""What readers are given: the pages that tell of a page, as each reader gets them, without what differs every time."""

import re
from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from people.models import User
from tests.conftest import browse

Shown = dict[str, str]
OF_ONE_REQUEST = re.compile(
    r'(name="csrfmiddlewaretoken" value="|nonce="|nonce-|"csrfToken": ")[^"\']+|^DTSTAMP:.*$', re.MULTILINE
)
BESIDE = ("/", "/stories/", "/guidance/", "/communities/", "/surgeries/", "/surgeries/calendar.ics")


def addresses(page: Page, community: Page) -> list[str]:
    """The page itself, all lists, the front page, a community's page and the calendar."""
    return list(dict.fromkeys([page.url, community.url, f"{community.url}members/", *BESIDE]))


def shown(viewers: Mapping[str, User | None], places: Iterable[str]) -> Shown:
    """What each viewer is given at each place, with nothing kept from before."""
    browsers = {name: browse(person) for name, person in viewers.items()}
    cache.clear()
    return {f"{place} to {name}": _get(browser, place) for place in places for name, browser in browsers.items()}


def _get(browser: Client, place: str) -> str:
    answer = browser.get(place)
    words = OF_ONE_REQUEST.sub(r"\1", answer.content.decode())
    return f"{answer.status_code} {words}"


def changed(before: Shown, after: Shown) -> list[str]:
    """Who is given something else where."""
    return [name for name in before if before[name] != after[name]]
