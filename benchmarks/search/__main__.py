"""The driver: one case after another, and the report."""

import json
import os
import platform
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import seeding
from benchmarks.places import BENCH, hub_environment
from benchmarks.processes import asked_inside
from benchmarks.search import report
from benchmarks.search.cases import INSIDE, WARM, CaseResult, SearchCase, measure
from tools.terminal import say, script

RESULTS = Path(__file__).with_name("results.json")
QUESTIONS = WARM + 120
ENGINES = ("embedded", "elasticsearch", "peer")


def main() -> int:
    """The exit status is 1 where a bar is not kept."""
    wishes = parsed()
    BENCH.mkdir(parents=True, exist_ok=True)
    seeding.make_hub("small")
    questions = asked_inside(INSIDE, {"number": QUESTIONS}, hub_environment("small"), "questions")
    results = []
    for case in cases(wishes):
        say(f"{case}…")
        results.append(measure(case, questions))
        BENCH.joinpath("search.json").write_text(as_json(results))  # so that nothing is lost where a later one fails
    if wishes.json:
        say(as_json(results))
        kept = not any(map(report.missed, results))
    else:
        kept = report.show(results)
    if wishes.keep:
        keep(results)
    return 0 if kept else 1


def parsed() -> Namespace:
    parser = ArgumentParser(prog="make bench-search", description="Measures search as there is more to find.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--keep", action="store_true", help="write results.json and docs/search-speed.md")
    for engine, sizes in (
        ("embedded", (10_000, 100_000)),
        ("elasticsearch", (100_000, 1_000_000)),
        ("peer", (2_000, 10_000)),  # more takes it minutes for one question
    ):
        parser.add_argument(f"--{engine}", type=int, nargs="*", default=sizes, metavar="PASSAGES")
    return parser.parse_args()


def cases(wishes: Namespace) -> Iterator[SearchCase]:
    for engine in ENGINES:
        for passages in getattr(wishes, engine):
            yield SearchCase(engine, passages)


def keep(results: list[CaseResult]) -> None:
    """Write what was measured in the place of what was kept of the same engine with as much to find."""
    before = [CaseResult(**each) for each in json.loads(RESULTS.read_text())] if RESULTS.exists() else []
    measured = {(each.engine, each.passages) for each in results}
    every = [*results, *(each for each in before if (each.engine, each.passages) not in measured)]
    every.sort(key=lambda each: (ENGINES.index(each.engine), each.passages))
    RESULTS.write_text(as_json(every))
    report.write(every, machine())


def as_json(results: list[CaseResult]) -> str:
    return json.dumps([asdict(each) for each in results], indent=2) + "\n"


def machine() -> str:
    """What a reader must know of the machine to compare it with another."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return f"{os.cpu_count()} cores ({next(names, platform.machine())})"


if __name__ == "__main__":
    script(main)
