"""``kill -9`` at random points of two hundred writes: nothing is lost, and nothing is done twice in its effect."""

import email
import os
import random
import secrets
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.outbox_at_work import INVITED, STORIES, WRITES
from tests.database import copied

ROOT = Path(__file__).parents[2]
KILLS = 4  # of the worker, and as many of the writer
PATIENCE = 90.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db,  # so that there is a database to copy
]


class Hub:
    """A hub in other processes."""

    def __init__(self, database: str, folder: Path) -> None:
        self.folder, self.ledger = folder, folder / "ledger"
        self.mails = folder / "mails"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hub.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(40),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database,
            "SEARCH_URL": f"sqlite:///{folder / 'search'}",
            "EMAIL_URL": f"filemail:///{self.mails}",
            "DEFAULT_FROM_EMAIL": "hub@example.org",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder),
            "LOG_LEVEL": "ERROR",
        }

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def at_work(self, deed: str) -> "subprocess.Popen[str]":
        """A process at work, once it has said that it is."""
        process = self.begin("-m", "tests.core.outbox_at_work", deed, str(self.ledger))
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def command(self, *arguments: str) -> str:
        process = self.begin(*arguments)
        said, _nothing = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        return said

    def sent(self) -> dict[str, set[str]]:
        """Who got e-mails, each with their Message-IDs."""
        found: dict[str, set[str]] = defaultdict(set)
        for file in self.mails.iterdir():
            for text in file.read_text().split("-" * 79):
                message = email.message_from_string(text.strip())
                if message["To"]:
                    found[message["To"]].add(message["Message-ID"])
        return found

    def noted(self) -> dict[str, list[int]]:
        """The numbers that the ledger has of each subject, in order, each event once."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for line in self.ledger.read_text().splitlines():
            event, subject, number = line.split()
            found[subject].setdefault(event, int(number))
        return {subject: list(events.values()) for subject, events in found.items()}


def kill(process: Any) -> None:
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def hub(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    with django_db_blocker.unblock(), copied("killed", folder) as database:
        made = Hub(database, folder)
        made.command("-m", "tests.core.outbox_at_work", "prepare", str(made.ledger))
        made.command("manage.py", "search", "rebuild")
        yield made


def test_nothing_is_lost_and_nothing_done_twice(hub: Hub) -> None:
    chance = random.Random(11)
    worker, writer = hub.at_work("work"), hub.at_work("write")
    try:
        for _kill in range(KILLS):
            time.sleep(chance.uniform(0.1, 1.5))
            kill(worker)
            worker = hub.at_work("work")
            time.sleep(chance.uniform(0.0, 0.5))
            kill(writer)
            writer = hub.at_work("write")
        assert writer.wait(timeout=PATIENCE) == 0
        hub.command("manage.py", "outbox", "resume")  # as every five minutes
        left = hub.command("-m", "tests.core.outbox_at_work", "wait", str(hub.ledger))
    finally:
        kill(worker)
        kill(writer)
    assert left.split() == ["0"]
    hub.command("manage.py", "search", "check")
    expected = [[n for n in range(1, WRITES + 1) if n % STORIES == one] for one in range(STORIES)]
    assert sorted(hub.noted().values()) == sorted(expected)
    assert [len(ids) for ids in hub.sent().values()] == [1] * INVITED
