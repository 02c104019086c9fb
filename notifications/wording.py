"""Puts what happened in words for one reader, from what that reader may see now."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.fragments import note
from core.notices import NoticeWords
from notifications.models import Happening
from people.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, and what the reader is told of it."""

    happening: Happening
    words: NoticeWords
    thing: Any = None  # what it is about, as the kind looked it up


def put_in_words(reader: User, happenings: Iterable[Happening]) -> list[Told]:
    """What ``reader`` may be told, in the same order. What they may no longer see, and what is settled, is left out.

    However many there are, each function that looks up subjects is asked once. Fetch ``actor`` with them.
    """
    rows = [(row, kind) for row in happenings if (kind := row.notice_kind) is not None]
    wanted: dict[Callable[..., Any], set[str]] = defaultdict(set)
    for row, kind in rows:
        wanted[kind.subjects].add(row.subject_pk)
    found = {look_up: look_up(reader, keys) for look_up, keys in wanted.items()}
    told = []
    for row, kind in rows:
        thing = found[kind.subjects].get(row.subject_pk)
        if thing is None:
            continue
        note(thing)
        if (words := kind.words(thing, row.as_event(row.actor), reader)) is not None:
            told.append(Told(row, words, thing))
    return told
