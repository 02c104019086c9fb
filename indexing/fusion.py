"""Brings the lexical and the dense retriever together: pure functions over arrays, one place for each document.

Each retriever's scores are put between 0 and 1 over the candidates and averaged. How much each one counts follows from
how clearly it decides: one whose best document stands out from its next ten is surer than one whose best ones crowd
together. The dense one is ahead where both are equally sure, because people mostly ask in words of their own.
"""

import math

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

DENSE_WEIGHT = 0.7
TRUST = 2.0  # how far a clearer retriever pulls the weight to its side
RIVALS = 10


def fuse(lexical: Scores, dense: Scores | None, pool: Mask, weight: float = DENSE_WEIGHT) -> Scores:
    """One score between 0 and 1 for each document, comparable within this search only.

    ``lexical`` is zero where no word was found; ``dense`` is the true cosine of every document, found by words or
    not. ``pool`` marks the candidates that say what is low and what is high; others are held to those bounds.
    """
    words = minmax(lexical, pool)
    if dense is None:
        return words
    share = dense_share(clarity(lexical[pool]), clarity(dense[pool]), weight)
    return share * minmax(dense, pool) + (1 - share) * words


def minmax(scores: Scores, pool: Mask) -> Scores:
    """The scores between 0 (the pool's lowest) and 1 (its highest); all zero where the pool does not differ."""
    if not pool.any():
        return np.zeros_like(scores, dtype=np.float64)
    low, high = float(scores[pool].min()), float(scores[pool].max())
    if not high - low > 1e-12:
        return np.where(scores > 0, 1.0, 0.0) if high > 0 else np.zeros_like(scores, dtype=np.float64)
    spread: Scores = np.clip((scores - low) / (high - low), 0.0, 1.0)
    return spread


def clarity(scores: Scores) -> float:
    """How far the best score stands out from its rivals, between 0 (not at all) and 1."""
    if len(scores) < 2:
        return 0.0
    ranked = np.sort(scores)[::-1]
    span = float(ranked[0] - ranked[-1])
    return float(ranked[0] - ranked[1 : 1 + RIVALS].mean()) / span if span > 1e-12 else 0.0


def dense_share(lexical_clarity: float, dense_clarity: float, weight: float) -> float:
    """The dense retriever's share of the score: ``weight`` where both are equally clear."""
    if not 0 < weight < 1:
        return min(max(weight, 0.0), 1.0)
    odds = math.log(weight / (1 - weight)) + TRUST * (dense_clarity - lexical_clarity)
    return 1 / (1 + math.exp(-odds))


def candidates(lexical: Scores, dense: Scores | None, allowed: Mask, depth: int) -> Mask:
    """The documents that take part: the ``depth`` best of each retriever among those allowed."""
    pool = best(lexical, allowed & (lexical > 0), depth)
    return pool if dense is None else pool | best(dense, allowed, depth)


def best(scores: Scores, allowed: Mask, depth: int) -> Mask:
    """The ``depth`` highest scores among those allowed."""
    places = np.flatnonzero(allowed)
    if len(places) > depth:
        places = places[np.argpartition(-scores[places], depth - 1)[:depth]]
    chosen = np.zeros(len(scores), dtype=bool)
    chosen[places] = True
    return chosen


def ranked(scores: Scores, listed: Mask) -> NDArray[np.intp]:
    """The listed places, best first; equal scores keep their order, so that pages never overlap."""
    places = np.flatnonzero(listed)
    return places[np.argsort(-scores[places], kind="stable")]
