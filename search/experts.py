"""Ranks people by what they did: each document that answers votes for the people it is evidence for."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from indexing.engines.base import IndexedDocument, Request, ResultPage
from indexing.text_analysis import bare, phrases

EVIDENCE = 100  # documents that vote
SHARPNESS = 4.25  # the power of a document's score that counts: what only touches on a question says next to nothing
SHARED = 0.05  # how much less a document says of each of those whose it is, as a power of how many they are
HALF_LIFE = 5 * 365.25  # days after which a piece of evidence counts half


def evidence(ask: Callable[[Request], ResultPage], request: Request) -> tuple[ResultPage, str]:
    """What may speak for people, and the question as it was asked in the end: where nothing holds what stands in
    quotation marks word by word, people are asked for its words. Nobody quotes what somebody else wrote to find out who
    knows about it.
    """
    answer = ask(request)
    if answer.hits or not phrases(request.text):
        return answer, request.text
    request = replace(request, text=bare(request.text))
    return ask(request), request.text


@dataclass(slots=True)
class Expert:
    """A person who did something that answers, and what it was, best first."""

    person: int
    score: float = 0.0
    evidence: list[IndexedDocument] = field(default_factory=list)


def rank(
    documents: Iterable[IndexedDocument],
    exclude: Collection[Hashable] = (),
    today: date | None = None,
    lasting: Collection[str] = (),
) -> list[Expert]:
    """The people behind the documents, surest first. Documents come best first, and only those that the viewer may see.

    A person's sum is over the documents that they stand behind, so that many good answers outweigh a single perfect
    one. Each counts by a high power of its score, because many things that only touch on a question make nobody an
    expert, and a little less for each of many whose it is. What is old counts less than what is recent, since people
    move on; but not of the ``lasting`` kinds, behind which people stand today. Measured on two judged sets against
    votes by rank, plain and squared sums, profiles: ``docs/decisions/0010-who-knows.md``.
    """
    today = today or timezone.localdate()
    found: dict[Any, Expert] = {}
    for document in documents:
        people = Counter(document.people)  # whoever is named twice speaks twice: theirs was marked as the answer
        day = None if document.kind in lasting else document.date
        vote = document.score**SHARPNESS / max(len(people), 1) ** SHARED * freshness(day, today)
        for person, times in people.items():
            if person not in exclude:
                expert = found.setdefault(person, Expert(person))
                expert.score += vote * times
                expert.evidence.append(document)
    return sorted(found.values(), key=lambda expert: -expert.score)


def freshness(day: date | None, today: date) -> float:
    """How much evidence of this day still counts: all of it today, half after some years. What has no date, like a
    surgery that goes on, is as good as new.
    """
    return 1.0 if day is None else float(0.5 ** (max((today - day).days, 0) / HALF_LIFE))
