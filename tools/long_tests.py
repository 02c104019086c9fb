"""``make long-tests``: write down which tests are long, from the report of the last ``make test``.

A quick run leaves them out (``tests/quick.py``). The list is kept with the tests, so that every quick run of one commit
asks the same ones, on a fast machine and on a slow one.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from tools.places import ROOT, VAR
from tools.terminal import Trouble, say, script

LONG_TESTS = ROOT / "tests" / "long_tests.txt"
LONG = 0.1  # seconds, with what the test begins with
REPORT = VAR / "test" / "sqlite.xml"


def main() -> int:
    if not REPORT.exists():
        raise Trouble("There is no report to read. Run make test first, with nothing else to do for the machine.")
    seconds = dict(typical(ET.parse(REPORT).getroot().iter("testcase")))  # noqa: S314  (our own file)
    if len({name.partition("::")[0] for name in seconds}) < len(list((ROOT / "tests").rglob("test_*.py"))) / 2:
        raise Trouble("The last report is of some files only. Run make test first.")
    long = {name: taken for name, taken in seconds.items() if taken >= LONG}
    write(long)
    say(f"{len(long)} of {len(seconds)} tests take {LONG} s or more: {LONG_TESTS.relative_to(ROOT)}")
    return 0


def typical(cases: Iterable[ET.Element]) -> Iterable[tuple[str, float]]:
    """Each test as pytest names it, with its seconds; one of many cells with those that the cell in the middle took,
    since the first one makes what all share.
    """
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for case in cases:
        name = case.get("name", "").partition("[")[0].partition("@")[0]
        taken[f"{case.get('classname', '').replace('.', '/')}.py::{name}"].append(float(case.get("time", 0)))
    return ((name, median(seconds)) for name, seconds in taken.items())


def write(long: Mapping[str, float]) -> None:
    LONG_TESTS.write_text("".join(f"{seconds:.1f} {name}\n" for name, seconds in sorted(long.items())))


def read(file: Path = LONG_TESTS) -> dict[str, float]:
    """The seconds of each long test, by its name without its cell."""
    lines = (line.split(maxsplit=1) for line in file.read_text().splitlines())
    return {name: float(seconds) for seconds, name in lines}


if __name__ == "__main__":
    script(main)
