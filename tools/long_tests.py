"""``make long-tests``: write down which tests are long, from the report of the last ``make test``.

A quick run leaves them out (``tests/quick.py``), so that it takes as long however many tests there are. The list is
kept with the tests, so that every quick run of one commit asks the same ones, on a fast machine and on a slow one.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from tools.places import ROOT, VAR
from tools.terminal import Trouble, say, script

LONG_TESTS = ROOT / "tests" / "long_tests.txt"
ROOM = 100.0  # seconds of work, of all processes together, that the others may take
REPORT = VAR / "test" / "sqlite.xml"


def main() -> int:
    if not REPORT.exists():
        raise Trouble("There is no report to read. Run make test first, with nothing else to do for the machine.")
    taken = seconds_of(ET.parse(REPORT).getroot().iter("testcase"))  # noqa: S314  (our own file)
    if len({name.partition("::")[0] for name in taken}) < len(list((ROOT / "tests").rglob("test_*.py"))) / 2:
        raise Trouble("The last report is of some files only. Run make test first.")
    long = long_among(taken, ROOM)
    write(long)
    say(f"{len(long)} of {len(taken)} tests take {min(long.values(), default=0):.2f} s or more: {LONG_TESTS.name}")
    return 0


def seconds_of(cases: Iterable[ET.Element]) -> dict[str, list[float]]:
    """What each test took, by its name without its cell: the seconds of every cell."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for case in cases:
        name = case.get("name", "").partition("[")[0].partition("@")[0]
        taken[f"{case.get('classname', '').replace('.', '/')}.py::{name}"].append(float(case.get("time", 0)))
    return taken


def long_among(taken: Mapping[str, list[float]], room: float) -> dict[str, float]:
    """All but the shortest that together take ``room`` seconds, with what one of their cells takes: the middle one,
    since the first makes what all share.
    """
    cell = {name: median(seconds) for name, seconds in taken.items()}
    long = {}
    for name in sorted(cell, key=lambda name: (cell[name], name)):
        room -= sum(taken[name])
        if room < 0:
            long[name] = cell[name]
    return long


def write(long: Mapping[str, float]) -> None:
    LONG_TESTS.write_text("".join(f"{seconds:.2f} {name}\n" for name, seconds in sorted(long.items())))


def read(file: Path = LONG_TESTS) -> dict[str, float]:
    """The seconds of each long test, by its name without its cell."""
    lines = (line.split(maxsplit=1) for line in file.read_text().splitlines())
    return {name: float(seconds) for seconds, name in lines}


if __name__ == "__main__":
    script(main)
