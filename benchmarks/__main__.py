"""The driver: seeds, serves, measures and reports."""

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from os import environ
from pathlib import Path
from typing import Any

from benchmarks import report, seeding
from benchmarks.figures import Figures, as_json, figures, write_baseline
from benchmarks.load import WARM_UP
from benchmarks.places import BENCH
from benchmarks.seeding import BARE_FOLDER, remove
from benchmarks.server import serve
from benchmarks.targets import Target
from tools.places import ROOT
from tools.terminal import Trouble, say, script


def main() -> int:
    """The exit status is 1 where ``--compare`` found a page that is slower than its baseline."""
    wishes = parsed()
    if wishes.fresh:
        remove(BENCH)
    BENCH.mkdir(parents=True, exist_ok=True)
    seeding.make_bare()
    measured = measure(seeding.make_hub(wishes.size), wishes.requests)
    if wishes.json:
        say(as_json(measured))
    else:
        report.show(measured)
    if wishes.baseline:
        write_baseline(wishes.size, measured)
    return 0 if not wishes.compare or report.compare(wishes.size, measured) else 1


def parsed() -> Namespace:
    parser = ArgumentParser(prog="make bench", description="Measures the hub's pages beside a bare Wagtail page.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    parser.add_argument("--compare", action="store_true", help="compare with benchmarks/baseline.json")
    parser.add_argument("--baseline", action="store_true", help="write benchmarks/baseline.json")
    parser.add_argument("--requests", type=int, default=200, help="how often each page is asked for")
    parser.add_argument("--size", choices=("small", "large"), default="large", help="the demo to measure with")
    return parser.parse_args()


def measure(environment: dict[str, str], requests: int) -> list[Figures]:
    """Both servers at once, asked in turn by a process on another core."""
    bare_page = counted("benchmarks.inside_bare", seeding.BARE, BARE_FOLDER)
    hub_pages = counted("benchmarks.inside", environment, ROOT)
    with (
        serve("bare.wsgi:application", BARE_FOLDER, seeding.BARE) as bare,
        serve("hub.wsgi:application", ROOT, environment) as hub,
    ):
        targets = [replace(target, port=bare) for target in bare_page]
        targets += [replace(target, port=hub) for target in hub_pages]
        return figures(targets, load(targets, requests))


def asked_inside(module: str, order: Mapping[str, Any], environment: Mapping[str, str], work: str) -> Any:
    """What a module of ours answers to an order, in a process of its own."""
    return json.loads(run(module, json.dumps(order), dict(environment), ROOT, work))


def counted(module: str, environment: dict[str, str], folder: Path) -> list[Target]:
    """The targets of one application, counted inside it."""
    return [Target(**target) for target in json.loads(run(module, "", environment, folder))]


def load(targets: Sequence[Target], requests: int, warm_up: int = WARM_UP) -> dict[str, list[float]]:
    """The milliseconds of every request, by the target's name."""
    order = {"requests": requests, "warm_up": warm_up, "targets": [asdict(target) for target in targets]}
    times: dict[str, list[float]] = json.loads(run("benchmarks.load", json.dumps(order), {}, ROOT))
    return times


def run(module: str, words: str, environment: dict[str, str], folder: Path, *arguments: str) -> str:
    """What a module of ours prints when it is run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**environ, **environment},
        input=words,
        stdout=subprocess.PIPE,
        stderr=None if arguments else subprocess.PIPE,  # what takes long shows its progress
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"{(done.stderr or '').strip()}\n\nNothing was measured.")
    return done.stdout


if __name__ == "__main__":
    script(main)
