"""``make test``: the suite on SQLite, what is slow, in a browser and on PostgreSQL, and what was left out and why.

Where Java and Maven are, the first and the last have an Elasticsearch, too, and the first, where that Java is new
enough, one of the next major version besides.

Anything after ``make test ARGS=`` goes to pytest, and then only the run on SQLite takes place. ``--changed`` stands for
what asks about the rooms that differ from ``main`` (``tools/changed.py``), ``--quick`` for all that needs SQLite alone,
with a sample of the cells of each table (``tests/quick.py``).
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tools import browser, changed, postgres, results
from tools.elasticsearch import distribution, nodes
from tools.environment import make_ready
from tools.places import PYTHON, ROOT, VAR, in_ci
from tools.results import RunOutcome
from tools.selection import SLOW, may_run_on_postgresql
from tools.terminal import Trouble, say, script

REPORTS = VAR / "test"
SQLITE = f"sqlite:///{VAR / 'tests.sqlite3'}"  # the tests make their own beside it, and remove it
ON_SQLITE = {"DATABASE_URL": SQLITE}
EXCUSED = {distribution.without_java(distribution.NEXT)}  # that a machine has only an older Java fails nobody
EVERY_TIME = "not browser and not drill"
QUICK = f"{EVERY_TIME} and not slow"
ALONE = f"{QUICK} and not postgresql and not elasticsearch_9"  # what needs SQLite and nothing else
WAITING = 1  # process more than cores, where tests wait for other processes, for leases and for what does not answer
CHANGED = "--changed"
SAMPLED = "--quick"
FEW = 5  # tests that are left out for one reason and named one by one


@dataclass
class Run:
    """One pass over the suite, or the reason why there was none."""

    name: str
    missing: str = ""
    status: int = 0
    outcome: RunOutcome = field(default_factory=RunOutcome)

    def last_word(self) -> str:
        return f"{self.name:<10}  " + (f"left out: {self.missing}" if self.missing else self.outcome.line())


def main() -> int:
    """Run everything that can be run here. 0 means that nothing failed and, in CI, that nothing was missing."""
    make_ready(dev=True)
    REPORTS.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:] == ["drill"]:
        return drill()
    if wishes := sys.argv[1:]:
        if CHANGED in wishes:
            wishes.remove(CHANGED)
            wishes = [*changed.arguments(), "-m", f"{QUICK} and not postgresql", *wishes]
        if SAMPLED in wishes:
            wishes = ["-m", ALONE, *wishes]
        return pytest("SQLite", wishes, ON_SQLITE).status
    runs = list(everything())
    return sum_up(runs)


def everything() -> Iterator[Run]:
    """The runs, as far as this machine has what they need."""
    elasticsearch = cluster("ELASTICSEARCH_URL", distribution.VERSION)
    with postgres.server() as address, being_migrated(address), elasticsearch as engine:
        yield from on_sqlite(engine)
        yield in_a_browser()
        yield on_postgresql(address, engine)


def on_sqlite(elasticsearch: Mapping[str, str]) -> Iterator[Run]:
    with cluster("ELASTICSEARCH_9_URL", distribution.NEXT) as newer:
        engines = {**ON_SQLITE, **elasticsearch, **newer}
        say("The suite on SQLite\n")
        measured = ["-p", "tools.line_coverage", "-m", f"{QUICK} and not postgresql"]
        yield pytest("SQLite", measured, engines)
        say("\nWhat is slow\n")  # not measured: the quick ones hold the floor
        which = f"slow and {EVERY_TIME} and not postgresql"
        yield pytest("Slow", [*files_where(lambda _place, text: SLOW in text), "-m", which], engines, beside=WAITING)


def in_a_browser() -> Run:
    chromium = browser.chromium()
    if not chromium:
        return Run("Browser", missing=browser.HOW_TO_GET)
    say("\nThe suite in a browser\n")
    return pytest("Browser", ["tests/browser", "-m", "browser"], {**ON_SQLITE, "CHROMIUM": chromium}, beside=WAITING)


def on_postgresql(address: str | None, elasticsearch: Mapping[str, str]) -> Run:
    if not address:
        return Run("PostgreSQL", missing=postgres.HOW_TO_GET)
    say("\nThe suite on PostgreSQL\n")
    which = f"(postgresql and {EVERY_TIME}) or ({QUICK} and not elasticsearch_9)"
    files = files_where(may_run_on_postgresql)
    return pytest(
        "PostgreSQL", [*files, "-m", which, "--once"], {"DATABASE_URL": address, **elasticsearch}, beside=WAITING
    )


def files_where(may_run: Callable[[str, str], bool]) -> list[str]:
    """The files with tests for which this is so of their place and text: to import all others takes each process some
    seconds. ``tests/tables.py`` sees to it that no test is lost by that.
    """
    places = sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "tests").rglob("test_*.py"))
    return [place for place in places if may_run(place, (ROOT / place).read_text())]


@contextmanager
def being_migrated(address: str | None) -> Iterator[None]:
    """PostgreSQL's database is migrated while the first run begins, whose processes wait for SQLite's one: otherwise
    all processes of the last run would wait for it.
    """
    if not address:
        yield
        return
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hub.settings.test"}
    with subprocess.Popen([str(PYTHON), "-m", "tests.database"], cwd=ROOT, env=environment):
        yield


def drill() -> int:
    """``make drill``: three nodes of Elasticsearch that are killed, paused and filled up, before a release."""
    with cluster("ELASTICSEARCH_URL", distribution.VERSION) as elasticsearch:
        return pytest("Drill", ["-m", "drill"], {**ON_SQLITE, **elasticsearch}).status


@contextmanager
def cluster(name: str, version: str) -> Iterator[dict[str, str]]:
    """An Elasticsearch for the tests of its engine; without one they are left out, and say so."""
    try:
        distribution.ready(version)
    except Trouble as trouble:
        say(f"Search on Elasticsearch {version} is left out. {trouble}\n")
        yield {}
        return
    with nodes.running(version=version) as servers:
        yield {name: servers.url}


def pytest(name: str, arguments: list[str], environment: Mapping[str, str], *, beside: int = 0) -> Run:
    """Run pytest with a report that can be counted afterwards, in a process for each core and so many ``beside``."""
    report = REPORTS / f"{name.lower()}.xml"
    report.unlink(missing_ok=True)
    workers = str(min(os.cpu_count() or 1, 4) + beside)
    command = [str(PYTHON), "-m", "pytest", "-n", workers, "--dist", "loadgroup", f"--junitxml={report}", *arguments]
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    return Run(name, status=status, outcome=results.read(report))


def sum_up(runs: list[Run]) -> int:
    """Say what ran and what did not, end with pytest's own kind of line, and return the exit status."""
    together = results.total(run.outcome for run in runs)
    say()
    for run in runs:
        say(run.last_word())
    say(where_time_went(together))
    for line in told(together.left_out):
        say(f"left out: {line}")
    wanting = set(together.left_out.values()) - EXCUSED
    missing = bool(wanting) or any(run.missing for run in runs)
    if missing and in_ci():
        say("With CI=true nothing may be left out.")
    failed = any(run.status for run in runs) or (missing and in_ci())
    say("FAILED" if failed else "OK")
    say(f"===== {together.line()} =====")
    return int(failed)


def where_time_went(together: RunOutcome) -> str:
    """The seconds of work of each room's tests, most first."""
    rooms = sorted(together.by_room.items(), key=lambda room: -room[1])
    return "time went to  " + ", ".join(f"{room} {seconds:.0f}s" for room, seconds in rooms)


def told(left_out: Mapping[str, str]) -> Iterator[str]:
    """Each test with its reason; where many have the same, how many they are."""
    for reason, count in Counter(left_out.values()).items():
        if count > FEW:
            yield f"{count} tests ({reason})"
        else:
            yield from (f"{name} ({reason})" for name, why in left_out.items() if why == reason)


if __name__ == "__main__":
    script(main)
