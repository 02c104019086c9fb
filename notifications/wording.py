"""Puts what happened in words for one reader, from what that reader may see now."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.fragments import note
from core.notices import NoticeWords
from notifications.models import Happening
from people.models import User

logger = logging.getLogger(__name__)
BROKEN = object()  # instead of what could not be looked up


@dataclass(frozen=True, slots=True)
class WordedNotice:
    """Something that happened, and what the reader is told of it."""

    happening: Happening
    words: NoticeWords
    thing: object = None  # what it is about, as the kind looked it up


def put_in_words(reader: User, happenings: Iterable[Happening]) -> list[WordedNotice]:
    """What ``reader`` may be told, in the same order. What they may no longer see, and what is settled, is left out."""
    return with_what_broke(reader, happenings)[0]


def with_what_broke(reader: User, happenings: Iterable[Happening]) -> tuple[list[WordedNotice], list[Happening]]:
    """The same, and what could not be put in words. It is said in the log and keeps nothing else from being told: the
    number of what is new stands on every page.

    However many there are, each function that looks up subjects is asked once. Fetch ``actor`` with them.
    """
    rows = [(row, kind) for row in happenings if (kind := row.notice_kind) is not None]
    wanted: dict[Callable[..., Any], set[str]] = defaultdict(set)
    for row, kind in rows:
        wanted[kind.subjects].add(row.subject_pk)
    found = {look_up: _found(look_up, reader, keys) for look_up, keys in wanted.items()}
    told, broken = [], []
    for row, kind in rows:
        thing = found[kind.subjects].get(row.subject_pk)
        if thing is BROKEN:
            broken.append(row)
        if thing is None or thing is BROKEN:
            continue
        note(thing)
        try:
            words = kind.words(thing, row.as_event(row.actor), reader)
        except Exception:
            logger.exception("%s could not be put in words for person %s.", row, reader.pk)
            broken.append(row)
            continue
        if words is not None:
            told.append(WordedNotice(row, words, thing))
    return told, broken


def _found(look_up: Callable[..., Any], reader: User, keys: set[str]) -> dict[str, Any]:
    """Subjects by key, all with one question; one after another where that fails, so that one fails by itself."""
    try:
        return dict(look_up(reader, keys))
    except Exception:
        logger.exception("What notices are about could not be looked up for person %s.", reader.pk)
    if len(keys) == 1:
        return dict.fromkeys(keys, BROKEN)
    return {key: thing for one in sorted(keys) for key, thing in _found(look_up, reader, {one}).items()}
