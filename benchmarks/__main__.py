"""The driver: seeds, serves, measures and reports."""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from benchmarks import report, seeding
from benchmarks.figures import PageFigures, as_json, figures, write_baseline
from benchmarks.places import BENCH
from benchmarks.processes import beside, counted, whole_load
from benchmarks.seeding import BARE_FOLDER, remove
from benchmarks.server import serve
from tools.places import ROOT
from tools.terminal import say, script


def main() -> int:
    """The exit status is 1 where ``--compare`` found a page that is slower than its baseline."""
    wishes = parsed()
    if wishes.fresh:
        remove(BENCH)
    BENCH.mkdir(parents=True, exist_ok=True)
    seeding.make_bare()
    environment = seeding.make_hub(wishes.size)
    measured = measure(environment, wishes.requests)
    if wishes.json:
        say(as_json(measured))
    else:
        report.show(measured)
        editor = [sys.executable, "-m", "benchmarks.editor"]
        subprocess.run(editor, cwd=ROOT, check=True, env={**os.environ, **environment})
        subprocess.run([sys.executable, "-m", "benchmarks.word"], cwd=ROOT, check=True)
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


def measure(environment: dict[str, str], requests: int) -> list[PageFigures]:
    """Both servers at once, asked in turn by a process on another core."""
    bare_page = counted("benchmarks.inside_bare", seeding.BARE, BARE_FOLDER)
    hub_pages = counted("benchmarks.inside", environment, ROOT)
    with (
        serve("bare.wsgi:application", BARE_FOLDER, seeding.BARE) as bare,
        serve("benchmarks.served:application", ROOT, environment) as hub,
        beside("benchmarks.writing", environment),
    ):
        targets = [replace(target, port=bare) for target in bare_page]
        targets += [replace(target, port=hub) for target in hub_pages]
        return figures(targets, *whole_load(targets, requests))


if __name__ == "__main__":
    script(main)
