"""How often a page asks the database, and how long it takes. Knows Django, and nothing of what is asked."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.talk.joining import p95

Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """Milliseconds, and the queries of one answer. ``cpu`` is what the processor did for a warm one."""

    name: str
    cold_queries: int
    warm_queries: int
    cold: float
    cold_p95: float
    warm: float
    warm_p95: float
    cpu: float
    cpu_p95: float


def figures(name: str, ask: Ask, cold: int, warm: int, forget: Callable[[], object]) -> TalkFigures:
    """Ask so often with nothing kept, for which ``forget`` sees, and so often afterwards."""
    _checked(name, ask())
    forget()
    cold_queries, cold_times = _queries(ask), []
    for _turn in range(cold):
        forget()
        cold_times.append(timed(ask)[0])
    ask()
    warm_queries = _queries(ask)
    both = [timed(ask) for _turn in range(warm)]
    times, cpu = [wall for wall, _cpu in both], [used for _wall, used in both]
    return TalkFigures(
        name,
        cold_queries,
        warm_queries,
        statistics.median(cold_times),
        p95(cold_times),
        statistics.median(times),
        p95(times),
        statistics.median(cpu),
        p95(cpu),
    )


def _checked(name: str, answer: Any) -> None:
    if answer.status_code not in {200, 302, 304}:
        raise SystemExit(f"{name} answered {answer.status_code}.")


def _queries(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def timed(ask: Ask) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor: on a machine that others use, only the second says much."""
    wall, used = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - used) * 1000
