"""What interests a person, and why we think so.

This room knows no story and no community. The rooms above register what somebody wrote, joined or looks after in a
module ``interests.py``; what they saved and read is registered here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils import timezone

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
class Reason:
    """Why a thing interests somebody. ``words`` say it of its ``title``; ``find`` gives keys, the best first: what they
    do most for, or what is newest.
    """

    name: str
    words: Any
    order: int
    find: Finder


_reasons: dict[str, Reason] = {}


def register(name: str, words: Any, order: int) -> Callable[[Finder], Finder]:
    """Name a reason, the strongest with the lowest ``order``: what somebody wrote and also read, they wrote."""

    def decorator(find: Finder) -> Finder:
        _reasons[name] = Reason(name, words, order, find)
        return find

    return decorator


def words_of(why: str, title: str) -> str:
    """The reason as a sentence; nothing where no room knows it any longer."""
    return str(_reasons[why].words) % {"title": title} if why in _reasons else ""


def of(person: Any) -> list[Interest]:
    """All that ``person`` has to do with, each thing once, under the strongest reason."""
    found: dict[str, Interest] = {}
    for reason in sorted(_reasons.values(), key=lambda reason: reason.order):
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
