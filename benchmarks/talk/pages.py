"""Asks the pages where people talk, inside the hub's process: how many queries, how long, and how much of a processor.

Cold means that no fragment, menu or number is kept. What is measured is the hub with its middleware, without a server
in front of it, so that a busy machine falsifies as little as possible.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.places import HOST
from communities.models import CommunityPage
from conversations.models import Conversation
from core import versions
from people.models import User

READER, STEWARD = "talker-1@example.org", "talker-0@example.org"
Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, and the queries of one answer."""

    name: str
    cold_queries: int
    warm_queries: int
    cold: float
    cold_p95: float
    warm: float
    warm_p95: float
    warm_cpu: float


def measured(cold: int, warm: int) -> list[dict[str, Any]]:
    browsers = {email: Client(HTTP_HOST=HOST) for email in (READER, STEWARD)}
    for email, browser in browsers.items():
        browser.force_login(User.objects.get(email=email))
    return [asdict(_figures(name, ask, cold, warm)) for name, ask in _asks(browsers)]


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
        "search for a post": "/search/?q=wheelchair+boiler+voucher",
    }
    for name, address in pages.items():
        yield name, partial(reader.get, address)
    tag = reader.get(pages["polling: something new"])["ETag"]
    since = f"{longest.url}since/{longest.last_number}/"
    yield "polling: nothing new (304)", partial(reader.get, since, headers={"If-None-Match": tag})
    yield "front page of a steward", partial(steward.get, "/")
    yield "moderation", partial(steward.get, "/conversations/reports/")


def _figures(name: str, ask: Ask, cold: int, warm: int) -> Figures:
    _checked(name, ask())
    _forget()
    cold_queries = _queries(ask)
    cold_times = [_cold(ask) for _turn in range(cold)]
    ask()
    warm_queries = _queries(ask)
    both = [_timed(ask) for _turn in range(warm)]
    times, cpu = [wall for wall, _cpu in both], [used for _wall, used in both]
    middle = statistics.median
    return Figures(
        name, cold_queries, warm_queries, middle(cold_times), _p95(cold_times), middle(times), _p95(times), middle(cpu)
    )


def _checked(name: str, answer: Any) -> None:
    if answer.status_code not in {200, 302, 304}:
        raise SystemExit(f"{name} answered {answer.status_code}.")


def _cold(ask: Ask) -> float:
    _forget()
    return _timed(ask)[0]


def _forget() -> None:
    cache.clear()
    versions.begin_new()


def _queries(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def _timed(ask: Ask) -> tuple[float, float]:
    wall, used = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - used) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
