"""Measures suggestions and corrections on both engines. Exits with 1 where 95 in 100 take longer than the bar."""

import shutil
import statistics
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence

from benchmarks.places import BENCH, hub_environment, python
from benchmarks.processes import asked_inside
from benchmarks.search.cases import INSIDE, SearchCase, address
from tools.terminal import say, script

FOLDER = BENCH / "suggestions"
BAR = 50.0  # milliseconds, of 95 in 100 keys, the first one after a change included
BARRED = ("keys", "after a change")


def main() -> int:
    parser = ArgumentParser(prog="make bench-suggestions", description="Measures what is offered to whoever types.")
    parser.add_argument("--things", type=int, default=15_000)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--engines", nargs="*", default=("embedded", "elasticsearch"))
    wishes = parser.parse_args()
    kept = [measure(engine, wishes.things, wishes.keys) for engine in wishes.engines]
    return 0 if all(kept) else 1


def measure(engine: str, things: int, keys: int) -> bool:
    """One engine's figures, on a hub of its own that goes away. Returns whether the bar is kept."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        with address(SearchCase(engine, things)) as (url, _cluster):
            database = f"sqlite:///{FOLDER / 'hub.sqlite3'}"
            environment = {**hub_environment("small"), "DATABASE_URL": database, "SEARCH_URL": url}
            python("manage.py", "migrate", "--verbosity", "0", environment=environment)
            python("manage.py", "prepare_hub", environment=environment)
            asked_inside(INSIDE, {"things": things}, environment, "pages")
            asked_inside(INSIDE, {}, {**environment, "SEARCH_THREADS": "0"}, "index")
            return report(engine, things, asked_inside(INSIDE, {"keys": keys}, environment, "typing"))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def report(engine: str, things: int, times: Mapping[str, Sequence[float]]) -> bool:
    say(f"{engine}, {things:,} things")
    for name, seconds in times.items():
        say(f"  {name}: p50 {1000 * statistics.median(seconds):.1f} ms, p95 {p95(seconds):.1f} ms")
    return all(p95(times[name]) <= BAR for name in BARRED)


def p95(seconds: Sequence[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    script(main)
