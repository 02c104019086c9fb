"""Ranks people by what they did: each document that answers votes for the people it is evidence for."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import Stored

EVIDENCE = 50  # documents that vote
SHOWN = 5  # pieces of evidence that are kept with a person


@dataclass(slots=True)
class Expert:
    """A person who did something that answers, and what it was, best first."""

    person: Any
    score: float = 0.0
    evidence: list[Stored] = field(default_factory=list)


def rank(documents: Iterable[Stored], exclude: Collection[Hashable] = ()) -> list[Expert]:
    """Each person with the sum of the squared fused scores of the documents that they stand behind, highest first.

    Documents come best first, and only those that the viewer may see. A sum lets many good answers outweigh a
    single perfect one, and scores, unlike ranks, say how much better one document is than the next. They are squared
    because of the fiftieth document's like: many things that only touch on a question make nobody an expert.
    """
    found: dict[Any, Expert] = {}
    for document in documents:
        for person in dict.fromkeys(document.people):
            if person not in exclude:
                expert = found.setdefault(person, Expert(person))
                expert.score += document.score**2
                expert.evidence.append(document)
    for expert in found.values():
        del expert.evidence[SHOWN:]
    return sorted(found.values(), key=lambda expert: -expert.score)
