"""The hub that the crowd comes to: a database of its own, the production server and a worker."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.places import HOST, hub_environment, python
from benchmarks.seeding import remove
from benchmarks.server import free_port, wait_for
from tools.places import ROOT, VAR
from tools.terminal import say

FOLDER = VAR / "load"
WORKERS = 2


@contextmanager
def database(template: str) -> Iterator[str]:
    """The address of an empty database: a new file, or, where ``DATABASE_URL`` names a PostgreSQL, a new database
    beside that one, dropped afterwards, a copy of ``template`` where there is one. What somebody has in theirs is never
    touched.
    """
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith(("postgres://", "postgresql://")):
        yield f"sqlite:///{FOLDER / 'hub.sqlite3'}"
        return
    name = f"folkmoot_load_{secrets.token_hex(4)}"
    with psycopg.connect(named, autocommit=True) as server:
        server.execute(f'create database "{name}" template "{template}"')
        try:
            yield urlunsplit(urlsplit(named)._replace(path=f"/{name}"))
        finally:
            server.execute(f'drop database "{name}" with (force)')


@contextmanager
def hub(template: str) -> Iterator["Hub"]:
    """A hub with the demo council and its index, served by two web processes and one worker."""
    remove(FOLDER)
    FOLDER.mkdir(parents=True)
    with database(template) as address:
        environment = {**hub_environment("load"), "DATABASE_URL": address, "LOG_LEVEL": "WARNING"}
        environment |= {"STATIC_ROOT": str(FOLDER / "static"), "MEDIA_ROOT": str(FOLDER / "media")}
        environment["SEARCH_URL"] = f"sqlite:///{FOLDER / 'search'}"
        fill(environment)
        made = Hub(environment)
        try:
            made.start()
            yield made
        finally:
            made.stop()


def fill(environment: Mapping[str, str]) -> None:
    """The demo council, loaded under the development settings: the production ones refuse it."""
    say("Making a hub with the demo council…")
    manage = partial(python, "manage.py")
    loading = {**environment, "DJANGO_SETTINGS_MODULE": "hub.settings.development"}
    manage("migrate", "--verbosity", "0", environment=loading)
    manage("load_demo", "--no-index", environment=loading)
    manage("search", "rebuild", environment=environment)
    manage("collectstatic", "--no-input", "--verbosity", "0", environment=environment)


class Hub:
    """The processes of one hub. What is killed is started again, as whatever watches over a service does."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**os.environ, **environment}
        self.port = free_port()
        self.log = (FOLDER / "hub.log").open("wb")
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.start_web()
        self.start_worker()

    def start_web(self) -> None:
        where = ("--host", HOST, "--port", str(self.port))
        size = (
            "--workers",
            str(WORKERS),
            "--respawn-failed-workers",
            "--blocking-threads",
            "8",
        )  # as the guide for operators has it
        self.web = self._run("-m", "granian", "--interface", "wsgi", *size, *where, "hub.wsgi:application")
        wait_for(self.port, self.web, self.log.name)

    def start_worker(self) -> None:
        self.worker = self._run("-m", "benchmarks.crowd.inside", "work")

    def _run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT)

    def kill_worker(self) -> None:
        """End the worker in the middle of whatever it does, and start another."""
        if self.worker:
            self.worker.kill()
            self.worker.wait()
        self.start_worker()

    def kill_web(self) -> None:
        """End one web process in the middle of whatever it does. The server starts another by itself."""
        if self.web:
            os.kill(children(self.web.pid)[-1], signal.SIGKILL)

    def stop(self) -> None:
        for process in filter(None, (self.web, self.worker)):
            stop(process)
        self.log.close()

    def memory(self) -> float:
        """MiB that the processes of the hub hold, what they share counted once for each (``Rss``)."""
        roots = [process.pid for process in (self.web, self.worker) if process]
        return sum(resident(pid) for root in roots for pid in (root, *children(root)))


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    """The processes that one process started."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return []


def resident(pid: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
    return 0.0
