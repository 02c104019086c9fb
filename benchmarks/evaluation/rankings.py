"""How well the lexical half, the dense half and their fusion rank documents."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.evaluation import metrics
from benchmarks.evaluation.index import filled
from benchmarks.evaluation.sets import JUDGED, JudgedSet
from indexing.engines.base import Engine, Progress, Request

MODES: Mapping[str, Mapping[str, Any]] = {
    "lexical": {"dense": False},
    "dense": {"lexical": False},
    "fused": {},
}
DEPTH = 100


@dataclass(slots=True)
class HalfTally:
    """What was measured of one half, question by question."""

    ndcg: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    reciprocal: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, ranking: list[str], grades: metrics.Grades, seconds: float) -> None:
        self.ndcg.append(metrics.ndcg(ranking, grades))
        self.recall.append(metrics.recall(ranking, grades, DEPTH))
        self.reciprocal.append(metrics.reciprocal_rank(ranking, grades))
        self.seconds.append(seconds)

    def summary(self) -> dict[str, float]:
        return {
            "ndcg@10": round(metrics.mean(self.ndcg), 4),
            "recall@100": round(metrics.mean(self.recall), 4),
            "mrr@10": round(metrics.mean(self.reciprocal), 4),
            "ms": round(1000 * metrics.mean(self.seconds), 2),
        }


def measure(judged: JudgedSet, progress: Progress | None = None) -> dict[str, Any]:
    """The figures of one set."""
    questions = judged.measured()
    with filled(judged.documents, progress) as engine:
        halves = {name: tally(engine, questions, flags).summary() for name, flags in MODES.items()}
    return {"documents": len(judged.documents), "queries": len(questions), **halves}


def tally(engine: Engine, questions: list[tuple[str, metrics.Grades]], flags: Mapping[str, Any]) -> HalfTally:
    kept = HalfTally()
    ranking_of(engine, "warm", flags)
    for text, grades in questions:
        start = time.perf_counter()
        ranking = ranking_of(engine, text, flags)
        kept.add(ranking, grades, time.perf_counter() - start)
    return kept


def ranking_of(engine: Engine, text: str, flags: Mapping[str, Any]) -> list[str]:
    request = replace(Request(text, JUDGED, listed_only=False, passages=False, size=DEPTH), **flags)
    return [hit.key for hit in engine.search(request).hits]
