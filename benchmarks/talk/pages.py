"""Asks the pages where people talk, inside the hub's process: how many queries, how long, and how much of a processor.

Cold means that no fragment, menu or number is kept. What is measured is the hub with its middleware, without a server
in front of it, so that a busy machine falsifies as little as possible.
"""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.test import Client

from benchmarks.places import HOST
from benchmarks.talk.timing import Ask, figures, timed
from communities.models import CommunityPage
from conversations.models import Conversation
from core import versions
from core.outbox import drain
from people.models import User

SAW_ALL = 2**31 - 1  # nobody waits for what others said meanwhile
READER, STEWARD = "talker-1@example.org", "talker-0@example.org"


def measured(cold: int, warm: int) -> list[dict[str, Any]]:
    browsers = {email: Client(HTTP_HOST=HOST) for email in (READER, STEWARD)}
    for email, browser in browsers.items():
        browser.force_login(User.objects.get(email=email))
    return [asdict(figures(name, ask, cold, warm, _forget)) for name, ask in _asks(browsers)]


def _asks(browsers: dict[str, Client]) -> Iterator[tuple[str, Ask]]:
    reader, steward = browsers[READER], browsers[STEWARD]
    home = CommunityPage.objects.get(slug="talk-0")
    longest = Conversation.objects.order_by("-last_number")[0]
    usual = Conversation.objects.filter(community=home, last_number__range=(20, 30)).order_by("-last_posted")[0]
    talk = "/conversations/"
    pages = {
        "front page": "/",
        "community": home.url,
        "conversations of a community": f"{talk}in/{home.slug}/",
        "conversations": talk,
        "conversations with something new": f"{talk}?only=unread",
        "conversations everywhere": f"{talk}?only=all",
        "questions without an answer": f"{talk}?only=open",
        "a conversation": usual.url,
        "the longest: first page": longest.url,
        "the longest: last page but one": f"{longest.url}?page={longest.pages - 1}",
        "the longest: last page": f"{longest.url}?page={longest.pages}",
        "the longest: where is the first new one": longest.new_url,
        "polling: something new": f"{longest.url}since/{longest.last_number - 3}/",
        "inbox": "/inbox/",
        "listening: a community": f"{talk}in/{home.slug}/listening/",
        "listening: the hub": f"{talk}listening/",
    }
    for name, address in pages.items():
        yield name, partial(reader.get, address)
    tag = reader.get(pages["polling: something new"])["ETag"]
    since = f"{longest.url}since/{longest.last_number}/"
    yield "polling: nothing new (304)", partial(reader.get, since, headers={"If-None-Match": tag})
    yield "front page of a steward", partial(steward.get, "/")
    yield "moderation", partial(steward.get, "/conversations/reports/")


def answered(number: int) -> dict[str, Any]:
    """Milliseconds of the processor for so many answers, and for the notices of each. What search does with them is
    told in docs/search-speed.md.
    """
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(User.objects.get(email=READER))
    talks = Conversation.objects.filter(community__slug="talk-0", closed=None).order_by("-last_posted")[:number]
    row = figures("an answer", partial(_answer, browser, cycle(talks)), 2, number, _forget)
    drain("notices")
    for conversation in talks:
        _answer(browser, iter([conversation]))
    return {**asdict(row), "notices": timed(partial(drain, "notices"))[1] / len(talks)}


def _answer(browser: Client, talks: Iterator[Conversation]) -> Any:
    key = str(uuid4())
    form = {"text": f"The bus was late again: {key}.", "key": key, "seen": str(SAW_ALL), "to": ""}
    answer = browser.post(next(talks).url, form)
    if answer.status_code != 302:
        raise SystemExit(f"An answer was answered {answer.status_code}.")
    return answer


def _forget() -> None:
    cache.clear()
    versions.begin_new()
