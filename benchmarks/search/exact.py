"""How many of the nearest an engine finds, beside comparing with every vector."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core.batches import batches
from indexing.documents import Document
from indexing.embedding import Encoder
from indexing.engines.base import Engine, Request
from indexing.passages import cut

TOGETHER = 5000  # documents that are compared at once
Nearest = list[tuple[float, str]]  # cosine and key, best first


def recall(engine: Engine, asked: Sequence[str], tokens: frozenset[str], exact: Sequence[set[str]]) -> float:
    """The share of the ``exact`` nearest that the engine's half of meaning has among as many of its first."""
    shares = []
    for question, nearest in zip(asked, exact, strict=True):
        request = Request(question, tokens, lexical=False, listed_only=False, passages=False, size=len(nearest))
        found = {hit.key for hit in engine.search(request).hits}
        shares.append(len(found & nearest) / len(nearest))
    return round(sum(shares) / len(shares), 4)


def nearest_of_all(
    documents: Iterable[Document], encoder: Encoder, asked: Sequence[str], tokens: frozenset[str], best: int
) -> list[set[str]]:
    """For each question the keys of the ``best`` documents, each by its nearest passage."""
    queries = np.array([encoder.query(question) for question in asked])
    found: list[Nearest] = [[] for _question in asked]
    for some in batches((each for each in documents if not tokens.isdisjoint(each.tokens)), TOGETHER):
        for place, scores in enumerate(cosines(some, encoder, queries)):
            first = np.argpartition(-scores, min(best, len(scores) - 1))[:best]
            found[place] += [(float(scores[one]), some[one].key) for one in first]
            found[place] = sorted(found[place], reverse=True)[:best]
    return [{key for _cosine, key in nearest} for nearest in found]


def cosines(documents: Sequence[Document], encoder: Encoder, queries: Any) -> Any:
    """One row for each question, one column for each document."""
    pieces = [[passage.reading for passage in cut(each.title, each.text)] for each in documents]
    vectors = encoder.passages([reading for some in pieces for reading in some])
    starts = np.cumsum([0, *(len(some) for some in pieces[:-1])])
    return np.maximum.reduceat(queries @ vectors.T, starts, axis=1)
