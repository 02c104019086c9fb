"""How good a ranking is. ``ranking`` is a list of names, best first; ``grades`` says how right each judged name is."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

Grades = Mapping[str, float]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain, as a share of what the best possible order would gain."""
    ideal = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(name, 0.0) for name in ranking[:depth]) / ideal if ideal else 0.0


def gain(values: Iterable[float]) -> float:
    return sum(max(value, 0.0) / log2(place + 2) for place, value in enumerate(values))


def recall(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """The share of right answers among the first ``depth``."""
    right = relevant(grades)
    return len(right.intersection(ranking[:depth])) / len(right) if right else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """One divided by the place of the first right answer."""
    right = relevant(grades)
    return next((1 / place for place, name in enumerate(ranking[:depth], 1) if name in right), 0.0)


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """The mean of the precision at each right answer."""
    right = relevant(grades)
    found, total = 0, 0.0
    for place, name in enumerate(ranking, 1):
        if name in right:
            found += 1
            total += found / place
    return total / len(right) if right else 0.0


def relevant(grades: Grades) -> frozenset[str]:
    return frozenset(name for name, grade in grades.items() if grade > 0)


def mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 0.0
