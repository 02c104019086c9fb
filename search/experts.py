"""Ranks people by what they did: each document that answers votes for the people it is evidence for."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from typing import Any

from django.utils import timezone

from search.engines.base import Stored

EVIDENCE = 100  # documents that vote
HALF_LIFE = 5 * 365.25  # days after which a piece of evidence counts half


@dataclass(slots=True)
class Expert:
    """A person who did something that answers, and what it was, best first."""

    person: Any
    score: float = 0.0
    evidence: list[Stored] = field(default_factory=list)


def rank(
    documents: Iterable[Stored],
    exclude: Collection[Hashable] = (),
    today: date | None = None,
    lasting: Collection[str] = (),
) -> list[Expert]:
    """The people behind the documents, surest first. Documents come best first, and only those that the viewer may see.

    A person's sum is over the documents that they stand behind, so that many good answers outweigh a single perfect
    one. Each counts by its score, which says how much better it is than the next, and less by its rank (its square
    root), because many things that only touch on a question make nobody an expert. What is old counts less than what
    is recent, since people move on; but not of the ``lasting`` kinds, behind which people stand today. Measured on two
    kinds of judgement against votes by rank alone, plain and squared sums: ``docs/decisions/0010-who-knows.md``.
    """
    today = today or timezone.localdate()
    found: dict[Any, Expert] = {}
    for place, document in enumerate(documents, 1):
        day = None if document.kind in lasting else document.date
        vote = document.score / sqrt(place) * freshness(day, today)
        for person in dict.fromkeys(document.people):
            if person not in exclude:
                expert = found.setdefault(person, Expert(person))
                expert.score += vote
                expert.evidence.append(document)
    return sorted(found.values(), key=lambda expert: -expert.score)


def freshness(day: date | None, today: date) -> float:
    """How much evidence of this day still counts: all of it today, half after some years. What has no date, like a
    surgery that goes on, is as good as new.
    """
    return 1.0 if day is None else float(0.5 ** (max((today - day).days, 0) / HALF_LIFE))
