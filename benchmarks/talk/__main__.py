"""``make bench-talk``: makes the talk once, asks its pages, and has posts written while they are read."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.places import BENCH, hub_environment, python
from benchmarks.processes import run
from benchmarks.seeding import remove
from benchmarks.talk.plan import SIZES
from tools.places import ROOT
from tools.terminal import say, script


def main() -> int:
    """1 where a request failed while posts were written."""
    wishes = parsed()
    environment, folder = prepared(wishes)
    if not (folder / "filled").exists():
        python("manage.py", "migrate", "--verbosity", "0", environment=environment)
        inside("fill", environment, size=wishes.size)
        (folder / "filled").touch()
    python("manage.py", "collectstatic", "--no-input", "--verbosity", "0", environment=environment)
    show_pages(inside("measure", environment, cold=wishes.cold, warm=wishes.warm))
    written = inside("write", environment, per_second=wishes.per_second, seconds=wishes.seconds)
    show_written(written)
    return int(bool(written["failed"]))


def parsed() -> Namespace:
    parser = ArgumentParser(prog="make bench-talk", description="Measures conversations, with many of them.")
    parser.add_argument("--size", choices=tuple(SIZES), default="full", help="how much is said")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    parser.add_argument("--cold", type=int, default=5, help="how often each page is asked with nothing kept")
    parser.add_argument("--warm", type=int, default=30, help="how often afterwards")
    parser.add_argument("--per-second", type=float, default=50, help="posts written a second, while others read")
    parser.add_argument("--seconds", type=float, default=20, help="for how long")
    return parser.parse_args()


def prepared(wishes: Namespace) -> tuple[dict[str, str], Path]:
    """The environment with the address of the database, which is kept from one run to the next."""
    named, name = os.environ.get("DATABASE_URL", ""), f"folkmoot_talk_{wishes.size}"
    is_postgresql = named.startswith(("postgres://", "postgresql://"))
    folder = BENCH / f"talk-{wishes.size}{'-postgresql' if is_postgresql else ''}"
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


def show_pages(figures: list[dict[str, Any]]) -> None:
    table = Table(title="Pages where people talk: queries, and milliseconds (median, 95th percentile)")
    for column in ("page", "queries cold", "warm", "cold ms", "p95", "warm ms", "p95", "processor"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for each in figures:
        times = ("cold", "cold_p95", "warm", "warm_p95", "warm_cpu")
        counts = (each["cold_queries"], each["warm_queries"])
        table.add_row(each["name"], *map(str, counts), *(f"{each[time]:.0f}" for time in times))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def show_written(written: dict[str, Any]) -> None:
    say(
        f"{written['asked']:g} posts a second were asked for, {written['reached']:.1f} were written; "
        f"{written['kept']:.0%} of what pages keep was there."
    )
    for name, row in written["rows"].items():
        say(f"  {name}: {row['number']}, median {row['p50']:.0f} ms, 95th percentile {row['p95']:.0f} ms")
    for name, number in written["failed"].items():
        say(f"  FAILED {name}: {number}")


if __name__ == "__main__":
    script(main)
