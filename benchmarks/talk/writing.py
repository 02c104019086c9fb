"""Posts are written at a steady rate while others read, by threads of several processes: how long each takes, and what
fails.

Everybody signs in, reads each page and writes once before anything is counted: a process that has answered nothing yet
is no busy hub. What cannot keep up says so: the rate that was reached stands beside the one that was asked for.
"""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import Client

from benchmarks.places import HOST
from benchmarks.talk.pages import SAW_ALL
from communities.models import CommunityPage
from conversations.models import Conversation
from core import fragments
from people.models import User

WRITERS, READERS, ROOM = 3, 1, 40  # in each process; ROOM: conversations that are written in
IN_TURN = 40
"""People for whom each writer writes, one after another: fifty posts a second are hundreds of people, not twelve."""
PATIENCE = 120  # seconds that one process waits for the others

Browse = Callable[[], Any]


def stream(order: Mapping[str, Any]) -> dict[str, Any]:
    """What was written and read in ``seconds`` by one of several processes, each with people of its own: milliseconds
    of each request, what failed, how many of the parts that pages keep were there, and seconds of the processor.
    """
    watch, hits = _Watch(), _FragmentHits()
    first = order["process"] * (WRITERS * IN_TURN + READERS)
    home = CommunityPage.objects.get(slug="talk-0")
    open_ones = Conversation.objects.filter(community=home, closed=None).order_by("-last_posted")
    talks = list(open_ones.values_list("pk", flat=True)[:ROOM])
    deeds = [partial(_writes, first + number * IN_TURN, talks) for number in range(WRITERS)]
    deeds += [partial(_reads, first + WRITERS * IN_TURN + number, home, talks) for number in range(READERS)]
    meeting = _Meeting(len(deeds), order)
    rates = {_writes: order["per_second"], _reads: order["reads"]}
    slots = {does: _Slots(rate / order["processes"], order["seconds"], meeting) for does, rate in rates.items()}
    threads = [threading.Thread(target=_closing, args=(deed, slots[deed.func], watch)) for deed in deeds]
    for thread in threads:
        thread.start()
    meeting.wait()
    used, before = time.process_time(), vars(fragments)["cache"]
    vars(fragments)["cache"] = hits.around(before)
    for thread in threads:
        thread.join()
    vars(fragments)["cache"] = before
    failed = {name: number for name, number in watch.statuses.items() if number}
    kept = {"asked": hits.asked, "rendered": hits.rendered}
    return {"times": watch.times, "failed": failed, "kept": kept, "cpu": time.process_time() - used}


class _Meeting:
    """Everybody of every process has done everything once before anybody is counted."""

    def __init__(self, threads: int, order: Mapping[str, Any]) -> None:
        self.here, self.order, self.began = threading.Barrier(threads + 1, self._all_there), order, 0.0

    def wait(self) -> None:
        self.here.wait(PATIENCE * 2)

    def _all_there(self) -> None:
        place = Path(self.order["place"])
        (place / str(self.order["process"])).touch()
        until = time.monotonic() + PATIENCE
        while len(list(place.iterdir())) < self.order["processes"]:
            if time.monotonic() > until:
                raise SystemExit("Not all processes began.")
            time.sleep(0.02)
        self.began = time.monotonic()


class _Slots:
    """When each request is due. Whoever comes late begins at once."""

    def __init__(self, per_second: float, seconds: float, meeting: _Meeting) -> None:
        self.per_second, self.seconds, self.meeting = per_second, seconds, meeting
        self.lock, self.numbers = threading.Lock(), count()

    @property
    def until(self) -> float:
        return self.meeting.began + self.seconds

    def wait(self) -> bool:
        """Wait for the next one; whether there is one before the end."""
        with self.lock:
            due = self.meeting.began + next(self.numbers) / self.per_second
        if max(due, time.monotonic()) >= self.until:
            return False
        time.sleep(max(0.0, due - time.monotonic()))
        return True


def _writes(number: int, talks: list[int]) -> Iterator[tuple[str, Browse]]:
    browsers = [_signed_in(each) for each in range(number, number + IN_TURN)]
    for turn in count(number):
        where = f"/conversations/{talks[turn * 7 % len(talks)]}/"
        key = str(uuid.uuid4())
        form = {"text": f"The bus was late again: {key}.", "key": key, "seen": str(SAW_ALL), "to": ""}
        yield "post", partial(browsers[turn % IN_TURN].post, where, form)


def _reads(number: int, home: CommunityPage, talks: list[int]) -> Iterator[tuple[str, Browse]]:
    browser = _signed_in(number)
    for turn in count():
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
        yield name, partial(browser.get, pages[name])


WARM_UP = {_writes: IN_TURN, _reads: 6}
"""So many requests that nobody counts: each person has written once, and each page was read."""


def _signed_in(number: int) -> Client:
    browser = Client(HTTP_HOST=HOST, raise_request_exception=False)
    browser.force_login(User.objects.get(email=f"talker-{number}@example.org"))
    return browser


def _closing(deed: "partial[Iterator[tuple[str, Browse]]]", slots: _Slots, watch: "_Watch") -> None:
    try:
        asked = deed()
        for _turn in range(WARM_UP[deed.func]):
            next(asked)[1]()
        slots.meeting.wait()
        while slots.wait():
            watch.timed(*next(asked), slots.until)
    finally:
        connections.close_all()


class _Watch:
    """Milliseconds and statuses of everything that was asked."""

    def __init__(self) -> None:
        self.lock, self.times, self.statuses = threading.Lock(), dict[str, list[float]](), Counter[str]()

    def timed(self, name: str, ask: Browse, until: float) -> None:
        """What is answered after the end counts only where it failed."""
        began = time.monotonic()
        status = ask().status_code
        ended = time.monotonic()
        with self.lock:
            if ended <= until:
                self.times.setdefault(name, []).append((ended - began) * 1000)
            self.statuses[f"{name}: {status}"] += status not in {200, 302, 304}


class _FragmentHits:
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
