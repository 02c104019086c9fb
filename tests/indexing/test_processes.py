"""Several web and worker processes of one hub, on one PostgreSQL and one Elasticsearch."""

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote_plus

import psycopg
import pytest
from django.db import connection

from tests.database import copied
from tools.elasticsearch.nodes import free_ports

ROOT = Path(__file__).parents[2]
WRITERS = ("ada", "ben", "cem")
WEB, WORKERS = 2, 2
PATIENCE = 120.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.xdist_group("cluster"),
    pytest.mark.django_db,  # so that there is a database to copy
]


class Hub:
    """One hub: its environment, its web addresses, and what can be asked of it."""

    def __init__(self, database: str, search: str, folder: Path) -> None:
        self.database = database
        self.ports = free_ports(WEB)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hub.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(40),
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "false",
            "DATABASE_URL": database,
            "SEARCH_URL": search,
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "LOG_LEVEL": "WARNING",
        }

    def command(self, *arguments: str) -> str:
        """Run to the end, and return what it said."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def at_work(self, *arguments: str) -> str:
        return self.command("-m", "tests.indexing.hub_at_work", *arguments)

    @contextmanager
    def process(self, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Run until the block ends."""
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=self.environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def page(self, port: int, path: str) -> str:
        with closing(urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20)) as answer:
            text: str = answer.read().decode()
            return text

    def waiting(self) -> int:
        with psycopg.connect(self.database) as database:
            row = database.execute("select count(*) from core_delivery where consumer = 'search index'").fetchone()
            return int(row[0]) if row else 0


def eventually(is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.3)


@pytest.fixture(scope="module")
def database(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of its own, a copy of the tests' one as the migrations left it."""
    if connection.vendor != "postgresql":
        pytest.skip("several processes need PostgreSQL")
    with copied("hub", tmp_path_factory.mktemp("database")) as address:
        yield address


@pytest.fixture(scope="module")
def hub(database: str, cluster_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Two web processes and two workers of one hub."""
    made = Hub(database, f"{cluster_url}/test-{secrets.token_hex(6)}", tmp_path_factory.mktemp("hub"))
    made.command("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    made.at_work("prepare")
    made.command("manage.py", "search", "rebuild")
    with ExitStack() as stack:
        for port in made.ports:
            where = ("--host", "127.0.0.1", "--port", str(port), "--workers", "1")
            stack.enter_context(made.process("-m", "granian", "--interface", "wsgi", *where, "hub.wsgi:application"))
        for _worker in range(WORKERS):
            stack.enter_context(made.process("manage.py", "db_worker", "--no-startup-delay"))
        for port in made.ports:
            eventually(lambda port=port: answers(made, port))
        yield made


def answers(hub: Hub, port: int) -> bool:
    try:
        return "ok" in hub.page(port, "/healthz")
    except (URLError, OSError):
        return False


def test_three_write_at_once_and_every_process_finds_all_of_it(hub: Hub) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.indexing.hub_at_work", "write", who], cwd=ROOT, env=hub.environment
        )
        for who in WRITERS
    ]
    assert [writer.wait(timeout=PATIENCE) for writer in writers] == [0, 0, 0]
    eventually(lambda: hub.waiting() == 0)
    hub.command("manage.py", "search", "check")  # fails where anything is missing, stale or twice
    for port in hub.ports:
        for who in WRITERS:
            assert f"of baker {who}" in hub.page(port, f"/search/?q=loaf+of+baker+{who}")
        stories = hub.page(port, "/search/?q=round+by+baker")
        for title in set(hub.at_work("titles").splitlines()):
            assert title in unmarked(stories)


def test_what_one_process_hides_no_other_shows(hub: Hub) -> None:
    hidden = "/stories/shared-0/"
    title = hub.at_work("titles").splitlines()[0]
    assert all(hidden in all_stories(hub, port) for port in hub.ports)
    hub.at_work("hide")
    assert not any(hidden in all_stories(hub, port) for port in hub.ports)
    eventually(lambda: hub.waiting() == 0)
    for port in hub.ports:
        assert hidden not in hub.page(port, f"/search/?q={quote_plus(title)}")


def all_stories(hub: Hub, port: int) -> str:
    return "".join(hub.page(port, f"/stories/?page={number}") for number in (1, 2, 3))


def unmarked(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")
