"""``kill -9`` of the worker in the middle of a digest to hundreds of people: everybody gets one, and nobody another."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.core.mail_server import Post
from tests.core.test_outbox_killed import Hub, kill
from tests.database import copied
from tests.notifications.mail_at_work import PEOPLE
from tools.elasticsearch.nodes import free_ports

KILLS = 5
AT_WORK = "tests.notifications.mail_at_work"

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db]


class Hall(Hub):
    """A hub in other processes, with a real mail server beside it."""

    def __init__(self, database: str, folder: Path, port: int) -> None:
        super().__init__(database, folder)
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"

    def worker(self) -> Any:
        process = self.begin("-m", AT_WORK, "work")
        assert process.stdout is not None
        process.stdout.readline()
        return process


@pytest.fixture(scope="module")
def hall(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[Hall, Post]]:
    folder = tmp_path_factory.mktemp("hall")
    (port,) = free_ports(1)
    server = Controller(Post(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        with django_db_blocker.unblock(), copied("mails", folder) as database:
            made = Hall(database, folder, port)
            made.command("-m", AT_WORK, "prepare")
            yield made, server.handler
    finally:
        server.stop()


def test_everybody_gets_exactly_one(hall: tuple[Hall, Post]) -> None:
    hub, post = hall
    chance = random.Random(12)
    assert hub.command("-m", AT_WORK, "ask").strip() == str(PEOPLE)
    worker = hub.worker()
    try:
        for number in range(1, KILLS + 1):
            until = time.monotonic() + 120
            while len(post.taken) < number * PEOPLE // (KILLS + 2) and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.1))
            kill(worker)
            assert len(post.taken) < PEOPLE, "it was over before it was killed"
            worker = hub.worker()
        hub.command("manage.py", "outbox", "resume")  # as every five minutes
        said = hub.command("-m", AT_WORK, "wait")
    finally:
        kill(worker)
    assert said.split() == ["0", str(PEOPLE)]
    ids: dict[str, set[str]] = defaultdict(set)
    for message in post.taken:
        ids[message["To"]].add(message["Message-ID"])
    assert len(ids) == PEOPLE
    assert {len(each) for each in ids.values()} == {1}
    assert len(post.taken) <= PEOPLE + KILLS  # the one that was on its way, with the Message-ID that it had
    assert hub.command("-m", AT_WORK, "ask").strip() == "0"
