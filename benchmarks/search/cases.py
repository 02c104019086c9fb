"""What is measured: an engine with so many passages; and what came out."""

import shutil
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

from benchmarks.places import BENCH, HOST, hub_environment, python
from benchmarks.processes import asked_inside, load
from benchmarks.search import memory
from benchmarks.server import serve
from benchmarks.targets import Target
from tools.elasticsearch import nodes
from tools.places import ROOT

FOLDER = BENCH / "search"
INSIDE = "benchmarks.search.inside"
WARM = 140  # questions that are asked before any is timed
WORKERS = 4  # of the server whose memory is looked at
HEAP = "4g"  # of Elasticsearch
QUIET = 5  # seconds in which it merges nothing
MARKER = 'id="q"'  # stands on every page of results, whatever was found


@dataclass(frozen=True, slots=True)
class SearchCase:
    """``engine`` is embedded, elasticsearch or peer: Wagtail's search in the database."""

    engine: str
    passages: int

    def __str__(self) -> str:
        return f"{self.engine}, {self.passages:,} passages"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case's figures: milliseconds, MiB, passages a second. What does not apply is None."""

    engine: str
    passages: int
    documents: int
    request_p50: float | None
    request_p95: float | None
    engine_p50: float
    engine_p95: float
    recall: float | None
    written_per_second: float
    read_per_second: float | None
    disk: float | None
    one_process: float | None
    vectors: float | None
    server: float | None
    day: str  # on which it was measured
    merged_after: float | None = None  # minutes


def measure(case: SearchCase, questions: Sequence[str]) -> CaseResult:
    """Fill, ask, serve and look, in a folder of its own that goes away."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        return measure_peer(case, questions) if case.engine == "peer" else measure_engine(case, questions)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def measure_engine(case: SearchCase, questions: Sequence[str]) -> CaseResult:
    order = {**asdict(case), "questions": questions, "warm": WARM}
    with address(case) as (url, cluster):
        environment = {**hub_environment("small"), "SEARCH_URL": url}
        filled = asked_inside(INSIDE, order, {**environment, "SEARCH_THREADS": "0"}, "fill")
        merged_after = merged(cluster) if cluster else None
        alone = asked_inside(INSIDE, order, environment, "ask")
        with serve("hub.wsgi:application", ROOT, environment) as port:
            whole = load([target(port, questions, environment)], len(questions) - WARM, WARM)["a search"]
            one = memory.of(port)
        with serve("hub.wsgi:application", ROOT, environment, workers=WORKERS) as port:
            spread(target(port, questions, environment))
            more = memory.of(port)
        server = memory.resident(cluster.nodes[0].process.pid) if cluster else None
    return CaseResult(
        engine=case.engine,
        passages=int(filled["passages"]),
        documents=int(filled["documents"]),
        **percentiles("request", whole),
        **percentiles("engine", alone["engine_ms"]),
        recall=alone["recall"],
        written_per_second=filled["written_per_second"],
        read_per_second=filled["read_per_second"],
        disk=round(filled["bytes"] / 2**20, 1),
        one_process=max(one.private, more.private),
        vectors=more.vectors,
        server=server,
        day=today(),
        merged_after=merged_after,
    )


def merged(cluster: nodes.Servers) -> float:
    """The minutes until Elasticsearch has put together the many parts in which it wrote: until then one core works at
    that, and every question has more parts to look through.
    """
    start, quiet = time.monotonic(), 0
    while quiet < QUIET:
        time.sleep(1)
        running = cluster.ask("/_stats/merge")["_all"]["total"]["merges"]["current"]
        quiet = 0 if running else quiet + 1
    return round((time.monotonic() - start) / 60, 1)


def measure_peer(case: SearchCase, questions: Sequence[str]) -> CaseResult:
    database = FOLDER / "hub.sqlite3"
    environment = {**hub_environment("small"), "DATABASE_URL": f"sqlite:///{database}"}
    python("manage.py", "migrate", "--verbosity", "0", environment=environment)
    python("manage.py", "prepare_hub", environment=environment)
    before = database.stat().st_size
    told = asked_inside(INSIDE, {**asdict(case), "questions": questions}, environment, "peer")
    return CaseResult(
        engine=case.engine,
        passages=case.passages,
        documents=told["documents"],
        request_p50=None,
        request_p95=None,
        **percentiles("engine", told["engine_ms"]),
        recall=None,
        written_per_second=told["written_per_second"],
        read_per_second=None,
        disk=round((database.stat().st_size - before) / 2**20, 1),
        one_process=None,
        vectors=None,
        server=None,
        day=today(),
    )


@contextmanager
def address(case: SearchCase) -> Iterator[tuple[str, Any]]:
    """``SEARCH_URL`` for this case, and the cluster behind it, if it is one."""
    if case.engine == "embedded":
        yield f"sqlite:///{FOLDER / 'index'}", None
    else:
        with nodes.running(heap=HEAP, java_options="") as cluster:
            yield f"{cluster.url}/bench", cluster


def target(port: int, questions: Sequence[str], environment: Mapping[str, str]) -> Target:
    """The page of results, for a reader who is signed in."""
    cookie = asked_inside(INSIDE, {}, dict(environment), "cookie")["cookie"]
    return Target("a search", "/search/?q={words}", MARKER, cookie=cookie, port=port, words=tuple(questions))


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def spread(target: Target) -> None:
    """Ask every question over a connection of its own, so that each process of the server answers some."""
    for turn in range(len(target.words)):
        with closing(HTTPConnection(HOST, target.port, timeout=30)) as connection:
            connection.request("GET", target.at(turn), headers={"Cookie": target.cookie})
            connection.getresponse().read()


def percentiles(name: str, times: Sequence[float]) -> dict[str, float]:
    return {
        f"{name}_p50": round(statistics.median(times), 1),
        f"{name}_p95": round(statistics.quantiles(times, n=20)[-1], 1),
    }
