"""Posts are written at a steady rate while others read, by threads of one process: how long each takes, and what fails.

What cannot keep up says so: the rate that was reached stands beside the one that was asked for.
"""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

from django.db import connections
from django.test import Client

from benchmarks.places import HOST
from benchmarks.talk.pages import SAW_ALL
from communities.models import CommunityPage
from conversations.models import Conversation
from core import fragments
from people.models import User

WRITERS, READERS, ROOM = 8, 4, 40  # ROOM: conversations that are written in


def stream(per_second: float, seconds: float, process: int = 0) -> dict[str, Any]:
    """What was written and read in that time by one of several processes, each with people of its own: milliseconds of
    each request, what failed, how many of the parts that pages keep were there, and seconds of the processor.
    """
    watch, hits, used = _Watch(), _Kept(), time.process_time()
    first = process * (WRITERS + READERS)
    home = CommunityPage.objects.get(slug="talk-0")
    open_ones = Conversation.objects.filter(community=home, closed=None).order_by("-last_posted")
    talks = list(open_ones.values_list("pk", flat=True)[:ROOM])
    until = time.monotonic() + seconds
    slots = _slots(per_second, until)
    deeds = [partial(_write, first + number, talks, slots, watch) for number in range(WRITERS)]
    deeds += [partial(_read, first + WRITERS + number, home, talks, until, watch) for number in range(READERS)]
    threads = [threading.Thread(target=_closing, args=(deed,)) for deed in deeds]
    before = vars(fragments)["cache"]
    vars(fragments)["cache"] = hits.around(before)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    vars(fragments)["cache"] = before
    failed = {name: number for name, number in watch.statuses.items() if number}
    kept = {"asked": hits.asked, "rendered": hits.rendered}
    return {"times": watch.times, "failed": failed, "kept": kept, "cpu": time.process_time() - used}


def _slots(per_second: float, until: float) -> Iterator[float]:
    """When each post is due. Whoever comes late begins at once."""
    began = time.monotonic()
    for number in count():
        due = began + number / per_second
        if max(due, time.monotonic()) >= until:
            return
        yield due


def _write(number: int, talks: list[int], slots: Iterator[float], watch: "_Watch") -> None:
    browser = _signed_in(number)
    for turn in count(number):
        with watch.lock:
            due = next(slots, None)
        if due is None:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        where = f"/conversations/{talks[turn * 7 % len(talks)]}/"
        key = str(uuid.uuid4())
        form = {"text": f"The bus was late again: {key}.", "key": key, "seen": str(SAW_ALL), "to": ""}
        watch.timed("post", partial(browser.post, where, form))


def _read(number: int, home: CommunityPage, talks: list[int], until: float, watch: "_Watch") -> None:
    browser = _signed_in(number)
    for turn in count():
        if time.monotonic() > until:
            return
        talk = talks[turn * 3 % len(talks)]
        pages = {
            "a conversation": f"/conversations/{talk}/",
            "conversations of a community": f"/conversations/in/{home.slug}/",
            "polling": f"/conversations/{talk}/since/1/",
            "front page": "/",
            "community": home.url,
            "inbox": "/inbox/",
        }
        name = list(pages)[turn % len(pages)]
        watch.timed(name, partial(browser.get, pages[name]))


def _signed_in(number: int) -> Client:
    browser = Client(HTTP_HOST=HOST, raise_request_exception=False)
    browser.force_login(User.objects.get(email=f"talker-{number}@example.org"))
    return browser


def _closing(deed: Callable[[], None]) -> None:
    try:
        deed()
    finally:
        connections.close_all()


class _Watch:
    """Milliseconds and statuses of everything that was asked."""

    def __init__(self) -> None:
        self.lock, self.times, self.statuses = threading.Lock(), dict[str, list[float]](), Counter[str]()

    def timed(self, name: str, ask: Callable[[], Any]) -> None:
        began = time.perf_counter()
        status = ask().status_code
        taken = (time.perf_counter() - began) * 1000
        with self.lock:
            self.times.setdefault(name, []).append(taken)
            self.statuses[f"{name}: {status}"] += status not in {200, 302, 304}


class _Kept:
    """How many of the parts that pages keep were there."""

    def __init__(self) -> None:
        self.asked = self.rendered = 0

    def around(self, cache: Any) -> Any:
        counts = self

        class Counting:
            def get(self, key: str) -> Any:
                counts.asked += 1
                return cache.get(key)

            def set(self, key: str, value: Any, lasts: int) -> None:
                counts.rendered += 1
                cache.set(key, value, lasts)

        return Counting()
