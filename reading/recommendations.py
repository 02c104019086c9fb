"""Finds what somebody might want to read, from what they wrote, joined, saved and read.

The engine is asked once for each of their newest interests what is near it. A thing is offered where one of them is
near enough to be named as the reason (the floor is that of “Near this”), and it stands the higher the nearer the three
nearest are together: one chance likeness weighs less than three. What is new stands a little higher, and what stood
there yesterday a little lower.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest
from statistics import fmean

from django.utils import timezone

from core.audiences import Viewer, viewer_tokens
from indexing import engines
from indexing.documents import Document
from indexing.engines.base import IndexedDocument, Request, ResultPage
from reading.interests import Interest, newest, of
from reading.models import Dismissed, Reader
from search.lookup import may_be_offered
from search.presentation import source_of_kind
from search.related import FLOOR, least_cosine, nearness, visible_documents

NEIGHBOURS = 30  # of each interest that are looked at
NEAREST = 3
NEW, HALF_AS_NEW = 0.04, 180  # for what is of today; days
STOOD_THERE = 0.03
KEPT = 16  # more than are shown: some will be read, dismissed or hidden before the day is over

Pick = dict[str, str]


@dataclass(slots=True)
class Candidate:
    """A thing that is near at least one interest."""

    stored: IndexedDocument
    cosines: list[float] = field(default_factory=list)
    nearest: float = 0.0
    because: Interest | None = None


def picks_for(person: Viewer, reader: Reader) -> list[Pick]:
    """What to put before ``person`` today, best first. EngineUnavailable where nothing can be found now."""
    interests, tokens = of(person), frozenset(viewer_tokens(person))
    asked = list(with_documents(newest(interests), tokens))
    unwanted = {interest.key for interest in interests}
    unwanted.update(Dismissed.objects.filter(person=person.pk).values_list("key", flat=True))
    near = candidates(asked, tokens)
    offered = [
        one for one in near if one.nearest >= FLOOR and one.stored.key not in unwanted and may_be_offered(one.stored)
    ]
    before = set((reader.before if reader.day == timezone.localdate() else reader.shown) or ())
    scores = {one.stored.key: score(one, len(asked)) - STOOD_THERE * (one.stored.key in before) for one in offered}
    offered.sort(key=lambda one: -scores[one.stored.key])
    return [as_pick(one) for one in offered[:KEPT]]


def with_documents(interests: Sequence[Interest], tokens: frozenset[str]) -> Iterator[tuple[Interest, Document]]:
    """The interests whose things may still be seen. What is hidden by now is no reason to be named."""
    documents = visible_documents((interest.key for interest in interests), tokens)
    return ((interest, documents[interest.key]) for interest in interests if interest.key in documents)


def candidates(asked: Iterable[tuple[Interest, Document]], tokens: frozenset[str]) -> list[Candidate]:
    """All that is near any of the interests, each with its cosine to every one of them.

    What is not among the neighbours of an interest is at best as near as the last of these.
    """
    found: dict[str, Candidate] = {}
    answers = [(interest, own, neighbours(interest.key, tokens)) for interest, own in asked]
    for interest, own, answer in answers:
        for stored in answer.hits:
            one = found.setdefault(stored.key, Candidate(stored))
            near = nearness(stored, own) if stored.cosine >= least_cosine() else 0.0
            if near > one.nearest:
                one.nearest, one.because = near, interest
    for _interest, _own, answer in answers:
        cosines = {stored.key: stored.cosine for stored in answer.hits}
        last = min(cosines.values(), default=0.0)
        for key, one in found.items():
            one.cosines.append(cosines.get(key, last))
    return list(found.values())


def neighbours(key: str, tokens: frozenset[str]) -> ResultPage:
    return engines.engine().search(Request("", tokens, like=key, size=NEIGHBOURS, listed_only=False, passages=False))


def score(one: Candidate, interests: int) -> float:
    """How much it has to do with this person, and a little for being new."""
    return fmean(nlargest(min(NEAREST, interests), one.cosines)) + newness(one.stored.date)


def newness(day: date | None) -> float:
    if day is None:
        return 0.0
    return NEW * 0.5 ** (max(0, (timezone.localdate() - day).days) / HALF_AS_NEW)


def as_pick(one: Candidate) -> Pick:
    """What is kept of it: which thing and why, and no word of either."""
    assert one.because is not None  # noqa: S101 (it is over the floor of one)
    source = source_of_kind(one.stored.kind)
    until = one.stored.date.isoformat() if source and source.passes and one.stored.date else ""
    return {"key": one.stored.key, "why": one.because.why, "of": one.because.key, "until": until}
