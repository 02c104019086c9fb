"""What test runs came to, read from the reports that pytest wrote."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

BAD = {"failure": "failed", "error": "errors"}


@dataclass
class RunOutcome:
    """How many tests of a run ended which way, how long it took, and which it skipped, and why."""

    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    ran: set[str] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    by_room: dict[str, float] = field(default_factory=dict)  # seconds of work, in all processes together

    def __add__(self, other: "RunOutcome") -> "RunOutcome":
        """Both together. What one run skipped and another ran was not left out."""
        kinds = {**self.counts, **other.counts}
        return RunOutcome(
            {kind: self.counts.get(kind, 0) + other.counts.get(kind, 0) for kind in kinds},
            self.seconds + other.seconds,
            self.ran | other.ran,
            {**self.skipped, **other.skipped},
            {
                room: self.by_room.get(room, 0) + other.by_room.get(room, 0)
                for room in {**self.by_room, **other.by_room}
            },
        )

    @property
    def left_out(self) -> dict[str, str]:
        """The tests that no run ran, each with its reason."""
        return {name: reason for name, reason in self.skipped.items() if name not in self.ran}

    def line(self) -> str:
        """In pytest's own words: ``812 passed, 3 skipped in 61.20s``."""
        order = ("failed", "passed", "skipped", "errors")
        said = [f"{self.counts[kind]} {kind}" for kind in order if self.counts.get(kind)]
        return f"{', '.join(said) or 'no tests ran'} in {self.seconds:.2f}s"


def total(outcomes: Iterable[RunOutcome]) -> RunOutcome:
    return reduce(RunOutcome.__add__, outcomes, RunOutcome())


def read(report: Path) -> RunOutcome:
    """The outcome in one JUnit report. A run that died before it wrote one counts as an error."""
    if not report.exists():
        return RunOutcome({"errors": 1})
    outcome = RunOutcome()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  (our own file)
        outcome.seconds += float(suite.get("time", 0))
        for case in suite.iter("testcase"):
            count(case, outcome)
    return outcome


def count(case: ET.Element, outcome: RunOutcome) -> None:
    """Add one test to ``outcome``."""
    name = f"{case.get('classname')}::{case.get('name')}"
    skip = case.find("skipped")
    if skip is not None:
        outcome.skipped[name] = skip.get("message", "")
        kind = "skipped"
    else:
        outcome.ran.add(name)
        kind = next((word for tag, word in BAD.items() if case.find(tag) is not None), "passed")
    outcome.counts[kind] = outcome.counts.get(kind, 0) + 1
    room = room_of(case.get("classname", ""))
    outcome.by_room[room] = outcome.by_room.get(room, 0) + float(case.get("time", 0))


def room_of(name: str) -> str:
    """The folder of a test's module: ``tests.communities.test_joining`` is of "communities"; what is about every room
    stands in ``tests`` itself and is of "all rooms".
    """
    parts = name.split(".")
    return parts[1] if len(parts) > 2 else "all rooms"
