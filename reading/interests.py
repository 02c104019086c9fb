"""What interests a person, and why we think so.

This room knows no story and no community. The rooms above add what somebody wrote, joined or looks after to ``REASONS``
in their ``contributions.py``, as this room does with what somebody saved and read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from core.audiences import Viewer
from core.registry import Registry
from core.text import Words

OF_A_REASON = 5  # that are asked about
ASKED_ABOUT = 12
MOST = 1000  # that one room names

Since = date | datetime | None
Finder = Callable[[Any], Iterable[tuple[str, Since]]]


@dataclass(frozen=True, slots=True)
class Interest:
    """One thing that a person has to do with."""

    key: str
    why: str
    since: date


@dataclass(frozen=True, slots=True)
class InterestReason:
    """Why a thing interests somebody. ``words`` say it of its ``title``; ``find`` gives keys, the best first: what they
    do most for, or what is newest. ``is_work`` says that they did it themselves, so that it shows what they know.
    """

    name: str
    words: Words
    find: Finder
    is_work: bool = False


REASONS: Registry[InterestReason] = Registry("what interests somebody", taken_by="reading")


def add_reason(name: str, words: Words, find: Finder, *, order: int, is_work: bool = False) -> None:
    """Name a reason, the strongest with the lowest ``order``: what somebody wrote and also read, they wrote."""
    REASONS.add(name, InterestReason(name, words, find, is_work), order=order)


def work_of(person: Viewer) -> list[str]:
    """The keys of what ``person`` did themselves: told, taught, looks after or answered."""
    found = (key for reason in REASONS if reason.is_work for key, _since in islice(reason.find(person), MOST))
    return list(dict.fromkeys(found))


def words_of(why: str, title: str) -> str:
    """The reason as a sentence; nothing where no room knows it any longer."""
    reason = REASONS.get(why)
    return str(reason.words) % {"title": title} if reason else ""


def of(person: Viewer) -> list[Interest]:
    """All that ``person`` has to do with, each thing once, under the strongest reason."""
    found: dict[str, Interest] = {}
    for reason in REASONS:
        for key, since in islice(reason.find(person), MOST):
            found.setdefault(key, Interest(key, reason.name, day_of(since)))
    return list(found.values())


def newest(interests: Iterable[Interest]) -> list[Interest]:
    """Those to ask about: the first of each reason, and then what is newest of the few next to it.

    Much reading does not hide what somebody wrote, nor a new community the one that they facilitate.
    """
    by_reason: dict[str, list[Interest]] = {}
    for interest in interests:
        by_reason.setdefault(interest.why, []).append(interest)
    first = [some[0] for some in by_reason.values()]
    others = [interest for some in by_reason.values() for interest in some[1:OF_A_REASON]]
    return [*first, *sorted(others, key=lambda interest: interest.since, reverse=True)][:ASKED_ABOUT]


def day_of(since: Since) -> date:
    """The day it was where the hub is; long ago where nobody knows."""
    if isinstance(since, datetime):
        return timezone.localdate(since)
    return since or date.min
