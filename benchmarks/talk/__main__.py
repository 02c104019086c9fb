"""``make bench-talk``: makes the talk once, asks its pages, and has posts written while they are read."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.places import BENCH, hub_environment, python
from benchmarks.processes import run
from benchmarks.seeding import remove
from benchmarks.talk.joining import joined
from benchmarks.talk.peer import environment as peer
from benchmarks.talk.plan import SIZES
from benchmarks.talk.tables import show_beside, show_growth, show_pages, show_written
from tools.places import ROOT
from tools.terminal import Trouble, say, script


def main() -> int:
    """1 where a request failed while posts were written."""
    wishes = parsed()
    if wishes.growth:
        show_growth(*(pages_of(wishes, *filled(wishes, size)[:1]) for size in ("tenth", "full")))
        return 0
    environment, folder = filled(wishes, wishes.size)
    if not wishes.only_written:
        theirs = forum_filled(wishes, environment, folder) if wishes.peer else None
        ours = pages_of(wishes, environment)
        show_pages(ours)
        say(f"The notices of an answer take the processor {ours[-1]['notices']:.1f} ms more, after it.")
        if theirs is not None:
            show_beside(ours, forum("measure", theirs, cold=wishes.cold, warm=wishes.warm))
    written = written_meanwhile(wishes, environment)
    show_written(written, inside("follow", environment))
    return int(bool(written["failed"]))


def filled(wishes: Namespace, size: str) -> tuple[dict[str, str], Path]:
    """The environment of the hub with so much talk, and where it lies."""
    environment, folder = prepared(wishes, size)
    if not (folder / "filled").exists():
        python("manage.py", "migrate", "--verbosity", "0", environment=environment)
        inside("fill", environment, size=size)
        (folder / "filled").touch()
    python("manage.py", "collectstatic", "--no-input", "--verbosity", "0", environment=environment)
    return environment, folder


def pages_of(wishes: Namespace, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Each page, and an answer as the last one."""
    pages = inside("measure", environment, cold=wishes.cold, warm=wishes.warm)
    return [*pages, inside("answer", environment, number=30)]


def parsed() -> Namespace:
    parser = ArgumentParser(prog="make bench-talk", description="Measures conversations, with many of them.")
    parser.add_argument("--size", choices=tuple(SIZES), default="full", help="how much is said")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    parser.add_argument("--peer", action="store_true", help="ask a stock Django forum with the same talk, too")
    parser.add_argument("--cold", type=int, default=5, help="how often each page is asked with nothing kept")
    parser.add_argument("--warm", type=int, default=30, help="how often afterwards")
    parser.add_argument("--per-second", type=float, default=50, help="posts written a second, while others read")
    parser.add_argument("--seconds", type=float, default=20, help="for how long")
    parser.add_argument("--reads", type=float, default=10, help="pages read a second meanwhile")
    cores = os.cpu_count() or 2
    parser.add_argument("--processes", type=int, default=cores, help="how many web processes answer meanwhile")
    parser.add_argument("--only-written", action="store_true", help="only have posts written while others read")
    parser.add_argument("--growth", action="store_true", help="only ask the pages with a tenth, and with all of it")
    return parser.parse_args()


def prepared(wishes: Namespace, size: str) -> tuple[dict[str, str], Path]:
    """The environment with the address of the database, which is kept from one run to the next."""
    named, name = os.environ.get("DATABASE_URL", ""), f"folkmoot_talk_{size}"
    is_postgresql = named.startswith(("postgres://", "postgresql://"))
    folder = BENCH / f"talk-{size}{'-postgresql' if is_postgresql else ''}"
    if wishes.fresh or not (folder / "filled").exists():
        remove(folder)
    folder.mkdir(parents=True, exist_ok=True)
    environment = hub_environment(folder.name)
    if is_postgresql:
        environment["DATABASE_URL"] = urlunsplit(urlsplit(named)._replace(path=f"/{name}"))
        make_database(named, name, anew=not (folder / "filled").exists())
    return environment, folder


def make_database(server: str, name: str, *, anew: bool) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        if anew:
            connection.execute(f'drop database if exists "{name}" with (force)')
        with suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f'create database "{name}"')


def inside(work: str, environment: dict[str, str], **order: object) -> Any:
    return json.loads(run("benchmarks.talk.inside", json.dumps(order), environment, ROOT, work))


def written_meanwhile(wishes: Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """What web processes write and read at once, with the worker that tells people and search beside them."""
    order = {name: getattr(wishes, name) for name in ("per_second", "reads", "seconds", "processes")}
    # As the guide for operators has it run: whoever waits for a page goes first.
    worker = ["nice", "-n", "5", sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    with (
        TemporaryDirectory() as place,
        Popen(worker, cwd=ROOT, env={**os.environ, **environment}, stdout=DEVNULL, stderr=DEVNULL) as beside,
    ):
        order["place"] = place
        try:
            with ThreadPoolExecutor(wishes.processes) as pool:
                asked = [pool.submit(inside, "write", environment, **order, process=n) for n in range(wishes.processes)]
                answers = [each.result() for each in asked]
        finally:
            beside.terminate()
    return joined(answers, wishes.per_second, wishes.seconds)


def forum_filled(wishes: Namespace, environment: dict[str, str], folder: Path) -> dict[str, str]:
    """The environment of the forum to compare with, which has the same talk."""
    peer.make_ready()
    theirs = peer.settings(environment, folder)
    if not (folder / "forum-filled").exists():
        if "DATABASE_URL" in os.environ and theirs["PEER_DATABASE"].startswith("postgres"):
            name = urlsplit(theirs["PEER_DATABASE"]).path.lstrip("/")
            make_database(os.environ["DATABASE_URL"], name, anew=True)
        (folder / "forum.sqlite3").unlink(missing_ok=True)
        forum("fill", theirs, size=wishes.size)
        (folder / "forum-filled").touch()
    return theirs


def forum(work: str, environment: dict[str, str], **order: object) -> Any:
    """What the forum's own Python answers: it knows nothing of the hub's packages."""
    command = [str(peer.PYTHON), "-m", "benchmarks.talk.peer.inside", work]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"The forum to compare with failed at “{work}”; nothing was compared.")
    return json.loads(done.stdout)


if __name__ == "__main__":
    script(main)
