"""How many questions a page asks the database, signed in and the second time: within the budget of the design."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from core import versions
from tests.visibility.world import World

ARTICLE, LIST, SEARCH, DEED = 12, 15, 14, 15


def queries(ask: Callable[[], Any], status: int = 200) -> list[str]:
    """What ``ask`` asks the database; savepoints are the tests' own."""
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == status
    texts = (query["sql"] for query in captured.captured_queries)
    return [text for text in texts if not text.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def warm(browser: Client, address: str) -> list[str]:
    """What a page asks the second time, when all that the first look asked for is done."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.get(address)
    return queries(lambda: browser.get(address))


PAGES = {
    "story": (lambda world: world.public.story.url, ARTICLE),
    "guidance": (lambda world: world.public.guidance.url, ARTICLE),
    "session": (lambda world: world.public.session.url, ARTICLE),
    "surgery": (lambda world: world.public.surgery.url, LIST),
    "plain page": (lambda _world: "/privacy/", ARTICLE),
    "front page": (lambda _world: "/", LIST),
    "community": (lambda world: world.public.community.url, LIST),
    "members": (lambda world: f"{world.public.community.url}members/", LIST),
    "communities": (lambda _world: "/communities/?topic=lantern-lore", LIST),
    "stories": (lambda _world: "/stories/?topic=lantern-lore", LIST),
    "guidance list": (lambda _world: "/guidance/?topic=lantern-lore", LIST),
    "due": (lambda _world: "/guidance/due/", LIST),
    "schedule": (lambda _world: "/surgeries/", LIST),
    "directory": (lambda _world: "/people/?topic=lantern-lore", LIST),
    "person": (lambda world: world.public.person.get_absolute_url(), LIST),
    "who knows": (lambda _world: "/people/who-knows/?q=lantern", LIST),
    "topic": (lambda _world: "/topics/lantern-lore/", LIST),
    "away": (lambda _world: "/people/me/away/", LIST),
    "own page": (lambda _world: "/people/me/", LIST),
    "job description": (lambda _world: "/people/me/job-description/", LIST),
    "account": (lambda _world: "/account/", LIST),
    "where one is signed in": (lambda _world: "/account/sessions/", LIST),
    "second factor": (lambda _world: "/account/second-factor/", LIST),
    "what one read": (lambda _world: "/reading/", LIST),
    "what one saved": (lambda _world: "/reading/saved/", LIST),
    "inbox": (lambda _world: "/inbox/", LIST),
    "how word reaches one": (lambda _world: "/inbox/settings/", LIST),
    "conversation": (lambda world: world.public.conversation.url, LIST),
    "conversations": (lambda _world: "/conversations/", LIST),
    "what one wrote by e-mail": (lambda _world: "/conversations/by-mail/", LIST),
    "thanks": (lambda _world: "/thanks/", LIST),
    "what one is named for": (lambda _world: "/named/", LIST),
    "who asks to be named": (lambda _world: "/named/waiting/", LIST),
    "to ask to be named": (lambda _world: "/named/ask/", LIST),
    "listening": (lambda world: f"/conversations/in/{world.public.community.slug}/listening/", LIST),
    "all conversations": (lambda _world: "/conversations/?only=all", LIST),
    "whom to ask": (lambda _world: "/conversations/ask/?about=lantern+beans", SEARCH),
    "conversations of a community": (lambda world: f"/conversations/in/{world.public.community.slug}/", LIST),
    "search": (lambda _world: "/search/?q=lantern", SEARCH),
    "search for files": (lambda _world: "/search/?q=lantern&kind=file", SEARCH),
    "saved searches": (lambda _world: "/reading/searches/", LIST),
    "calendar": (lambda _world: "/surgeries/calendar.ics", LIST),
}


COLD = 1.5
"""A page of which nothing is kept asks at most half as much again."""
NUMBER = 1  # beside the reader's face, on a page of which nothing is kept
RIGHTS = 1  # what a reader may do in the community of a page: never kept
TALK = 1  # what is talked about, on pages that show something of every room
TELLING = {"accept": 5, "check": 1}  # the one who asked, all who could have answered; who looks after guidance
ASKED_AGAIN = {"accept": 1, "check": 4}  # the right, under the lock; and which thanks and namings are for the thing


def cold(browser: Client, address: str) -> list[str]:
    """What a page asks that was looked at once, after a change of everything."""
    browser.get(address)
    return unkept(browser, address)


def unkept(browser: Client, address: str) -> list[str]:
    """What a page asks when no fragment is kept, nor is the menu."""
    versions.begin_new()
    return queries(lambda: browser.get(address))


READERS = ("bryn", "asha")


@pytest.fixture(scope="module")
def read(world: World, django_db_blocker: Any) -> World:
    """The world when its readers were there before: For you is found."""
    with django_db_blocker.unblock(), TestCase.captureOnCommitCallbacks(execute=True):
        for reader in READERS:
            world.browser(reader).get("/")
    return world


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_its_budget_also_when_nothing_of_it_is_kept(read: World, db: Any, name: str, reader: str) -> None:
    address, budget = PAGES[name]
    browser, place = read.browser(reader), address(read)
    asked = warm(browser, place)
    assert len(asked) <= budget, "\n".join(asked)
    asked = unkept(browser, place)
    assert len(asked) <= budget * COLD + NUMBER + RIGHTS + TALK, "\n".join(asked)


def _story(world: World) -> str:
    return f"stories.storypage:{world.public.story.pk}"


DEEDS = {
    "mark all as read": ("bryn", lambda world: "/inbox/read/", {"up_to": 1}),
    "hear less": ("bryn", lambda world: f"/inbox/level/{world.public.community.slug}/", {"level": "nothing"}),
    "save": ("bryn", lambda world: f"/reading/save/{_story(world)}/", {}),
    "unsave": ("bryn", lambda world: f"/reading/unsave/{_story(world)}/", {}),
    "forget": ("bryn", lambda world: f"/reading/forget/{_story(world)}/", {}),
    "clear": ("bryn", lambda world: "/reading/clear/", {}),
    "take off what is gone": ("bryn", lambda world: "/reading/saved/gone/", {}),
    "take back": ("bryn", lambda world: f"/reading/restore/{_story(world)}/", {}),
    "take all back": ("bryn", lambda world: "/reading/restore/", {}),
    "dismiss": ("bryn", lambda world: f"/reading/dismiss/{_story(world)}/", {}),
    "save a search": (
        "bryn",
        lambda world: "/reading/searches/save/",
        {"q": "lantern folk", "kind": "story", "alerts": "on"},
    ),
    "join": ("carys", lambda world: f"{world.public.community.url}join/", {"note": "I keep bees."}),
    "leave": ("bryn", lambda world: f"{world.public.community.url}leave/", {}),
    "accept": ("asha", lambda world: f"{world.public.community.url}members/{world.public.asked.pk}/accept/", {}),
    "check": ("asha", lambda world: f"/guidance/{world.public.guidance.slug}/checked/", {}),
    "answer": (
        "bryn",
        lambda world: world.public.conversation.url,
        {"text": "I keep bees.", "key": "5d1b9e06-0a0e-4c39-9f6b-0d6c6a0a9d11", "seen": str(2**31 - 1)},
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_keeps_its_budget(world: World, db: Any, name: str) -> None:
    who, address, data = DEEDS[name]
    browser = world.browser(who)
    browser.get("/")
    asked = queries(lambda: browser.post(address(world), data), status=302)
    assert len(asked) <= DEED + TELLING.get(name, 0) + ASKED_AGAIN.get(name, 0), "\n".join(asked)


def test_what_stands_beside_a_form_keeps_its_budget(world: World, db: Any) -> None:
    browser = world.browser("bryn")
    asked = queries(lambda: browser.post("/search/near/", {"text": "lantern folk story"}))
    assert len(asked) <= LIST, "\n".join(asked)
