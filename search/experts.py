"""Ranks people by what they did: each document that answers votes for the people it is evidence for."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from search.engines.base import Stored

EVIDENCE = 100  # documents that vote
SHOWN = 5  # pieces of evidence that are kept with a person


@dataclass(slots=True)
class Expert:
    """A person who did something that answers, and what it was, best first."""

    person: Any
    score: float = 0.0
    evidence: list[Stored] = field(default_factory=list)


def rank(documents: Iterable[Stored], exclude: Collection[Hashable] = ()) -> list[Expert]:
    """The people behind the documents, surest first. Documents come best first, and only those that the viewer may see.

    A person's sum is over the documents that they stand behind, so that many good answers outweigh a single perfect
    one. Each counts by its score, which says how much better it is than the next, and less by its rank (its square
    root), because many things that only touch on a question make nobody an expert. Measured on two kinds of judgement
    against votes by rank alone, plain and squared sums: see ``docs/decisions/0010-who-knows.md``.
    """
    found: dict[Any, Expert] = {}
    for place, document in enumerate(documents, 1):
        for person in dict.fromkeys(document.people):
            if person not in exclude:
                expert = found.setdefault(person, Expert(person))
                expert.score += document.score / sqrt(place)
                expert.evidence.append(document)
    for expert in found.values():
        del expert.evidence[SHOWN:]
    return sorted(found.values(), key=lambda expert: -expert.score)
