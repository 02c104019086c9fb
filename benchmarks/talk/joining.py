"""Puts together what several processes measured. Knows no Django."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def joined(answers: Sequence[Mapping[str, Any]], per_second: float, seconds: float) -> dict[str, Any]:
    """What all processes did together."""
    times: dict[str, list[float]] = defaultdict(list)
    failed = Counter[str]()
    for answer in answers:
        failed.update(answer["failed"])
        for name, some in answer["times"].items():
            times[name] += some
    rows = {
        name: {"number": len(some), "p50": statistics.median(some), "p95": p95(some)}
        for name, some in sorted(times.items())
    }
    asked, rendered = (sum(answer["kept"][name] for answer in answers) for name in ("asked", "rendered"))
    return {
        "asked": per_second,
        "reached": len(times.get("post", [])) / seconds,
        "read": sum(len(some) for name, some in times.items() if name != "post") / seconds,
        "kept": 1 - rendered / asked if asked else 0.0,
        "rows": rows,
        "failed": dict(failed),
        "cpu": sum(answer["cpu"] for answer in answers) / seconds,
    }
