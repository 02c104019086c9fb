"""Reads what the cluster answers: scores by key, and the passage that answers best."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexing.engines.elasticsearch import queries


@dataclass(slots=True)
class RetrieverResult:
    """What one retriever found: scores by key, and for the words the best score of all and who holds every word."""

    scores: dict[str, float] = field(default_factory=dict)
    best: float = 0.0
    whole: set[str] = field(default_factory=set)


def read_lexical(answer: Mapping[str, Any] | None) -> RetrieverResult:
    found = RetrieverResult()
    for hit in answer["hits"]["hits"] if answer else ():
        found.scores[queries.key_of(hit)] = float(hit["_score"])
        if queries.WHOLE in hit.get("matched_queries", ()):
            found.whole.add(queries.key_of(hit))
    found.best = max(found.scores.values(), default=0.0)
    return found


def read_dense(answer: Mapping[str, Any] | None) -> RetrieverResult:
    """Elasticsearch gives (1 + cosine) / 2, so that no score is below zero."""
    hits = answer["hits"]["hits"] if answer else ()
    return RetrieverResult({queries.key_of(hit): 2 * float(hit["_score"]) - 1 for hit in hits})


def best_passage(hit: Mapping[str, Any]) -> Mapping[str, Any] | None:
    inner = next(iter(hit["inner_hits"].values()))["hits"]["hits"]
    return inner[0]["_source"] if inner else None
