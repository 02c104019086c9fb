"""What was measured, and what it is beside the bare page and beside the baseline."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from benchmarks.places import BASELINE
from benchmarks.targets import BARE, Target


@dataclass(frozen=True, slots=True)
class PageFigures:
    """One target's figures. Times are milliseconds; ``ratio`` is the median beside that of the bare page."""

    name: str
    per_second: float
    p50: float
    p95: float
    queries: int
    size: int
    ratio: float
    kept: float | None = None  # of its fragments, while somebody writes once a second


def figures(
    targets: Sequence[Target], times: dict[str, list[float]], kept: dict[str, tuple[int, int]] | None = None
) -> list[PageFigures]:
    """The figures of every target, in the order in which they were measured."""
    bare = statistics.median(times[BARE])
    return [figure(target, times[target.name], bare, (kept or {}).get(target.name, (0, 0))) for target in targets]


def figure(target: Target, times: Sequence[float], bare: float, kept: tuple[int, int] = (0, 0)) -> PageFigures:
    median = statistics.median(times)
    return PageFigures(
        name=target.name,
        per_second=round(1000 * len(times) / sum(times), 1),
        p50=round(median, 2),
        p95=round(statistics.quantiles(times, n=20)[-1], 2),
        queries=target.queries,
        size=target.size,
        ratio=round(median / bare, 2),
        kept=round(kept[0] / kept[1], 3) if kept[1] else None,
    )


def as_json(measured: Sequence[PageFigures]) -> str:
    return json.dumps([asdict(each) for each in measured], indent=2)


def write_baseline(demo: str, measured: Sequence[PageFigures]) -> None:
    """Keep what means something on another machine, too: ratios, queries and bytes."""
    kept = {each.name: {"ratio": each.ratio, "queries": each.queries, "size": each.size} for each in measured}
    BASELINE.write_text(json.dumps({**all_baselines(), demo: kept}, indent=2) + "\n")


def baseline(demo: str) -> dict[str, dict[str, float]]:
    """What was kept for a demo of this size: the ratios of another size would say nothing."""
    return all_baselines().get(demo, {})


def all_baselines() -> dict[str, dict[str, dict[str, float]]]:
    kept: dict[str, dict[str, dict[str, float]]] = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    return kept
