"""Takes events from the outbox and writes down what they mean to people: a fixed number of queries, whoever hears it.

What comes twice is written once: an event has one row, and a person one notice of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.fragments import news_to_members
from core.notices import NOTICE_KINDS, Happened, Importance, NoticeKind, Timing, notice_kind_of
from core.outbox import Delivery
from core.versions import changed, changed_for, news_for
from notifications.models import Happening, Notice, Preferences
from people.models import User

MOST = 500  # notices that are written with one statement


@transaction.atomic
def receive(events: Sequence[Delivery]) -> None:
    """Write what happened, and a notice for everybody whom it is addressed to and who is here.

    One transaction at a time writes, so that positions are visible in their order: whoever marks all as read up to a
    position has been shown whatever stands before it.
    """
    _one_at_a_time()
    known = [(event, kind) for event in events if (kind := notice_kind_of(event.kind)) is not None]
    actors = _people(event.actor for event, _kind in known)
    rows = [_happening(event, kind, actors) for event, kind in known]
    Happening.objects.bulk_create(rows, ignore_conflicts=True)
    positions = dict(Happening.objects.filter(event__in=[row.event for row in rows]).values_list("event", "pk"))
    told: dict[int, set[int]] = {}  # position: people
    for (_event, kind), row in zip(known, rows, strict=True):
        if kind.recipients is not None and row.event in positions:
            people = set(kind.recipients(row.as_event()))
            told[positions[row.event]] = people if kind.tells_actor else people - {row.actor_id}
    kinds = {positions[row.event]: kind for (_event, kind), row in zip(known, rows, strict=True)}
    _write_notices(told, kinds)
    changed(*(news_to_members(row.community_id) for row in rows if row.community_id))


def _write_notices(told: dict[int, set[int]], kinds: dict[int, NoticeKind]) -> None:
    here = _people({pk for people in told.values() for pk in people})
    preferences = Preferences.objects.in_bulk(here)
    now = timezone.now()
    notices = [
        Notice(person_id=pk, happening_id=position, mail_due=_mail_due(preferences.get(pk), kinds[position], now))
        for position, people in told.items()
        for pk in sorted(people & here)
    ]
    Notice.objects.bulk_create(notices, batch_size=MOST, ignore_conflicts=True)
    news_for(notice.person_id for notice in notices)
    addressed = {position for position, kind in kinds.items() if kind.importance == Importance.ADDRESSED}
    changed_for(notice.person_id for notice in notices if notice.happening_id in addressed)  # it may wait for them


@transaction.atomic
def tell_later() -> None:
    """What happened before, told to whom it concerns since. Whoever has been told is not told again."""
    for kind in NOTICE_KINDS:
        if kind.later is None or not (people := kind.later()):
            continue
        told = _untold(kind, people)
        if any(told.values()):
            _write_notices(told, dict.fromkeys(told, kind))


def _untold(kind: NoticeKind, people: Mapping[str, Collection[int]]) -> dict[int, set[int]]:
    """The newest event of each subject, with those who have no notice of it."""
    happened = Happening.objects.filter(kind__in=kind.kinds, subject__in=people)
    newest = dict(happened.order_by("pk").values_list("subject", "pk"))
    told = {position: set(people[subject]) for subject, position in newest.items()}
    for position, person in Notice.objects.filter(happening__in=told).values_list("happening_id", "person_id"):
        told[position].discard(person)
    return told


def _happening(event: Delivery, kind: NoticeKind, actors: set[int]) -> Happening:
    actor = int(event.actor) if event.actor else None
    happened = Happened(event.kind, event.subject, actor, event.data, event.at, event.audience)
    return Happening(
        event=event.event,
        kind=event.kind,
        subject=event.subject,
        actor_id=actor if actor in actors else None,
        community_id=kind.community(happened) if kind.community else None,
        audience_token=event.audience,
        importance=kind.importance,
        matter=kind.matter(happened),
        data=event.data,
        at=event.at,
    )


def _mail_due(preferences: Preferences | None, kind: NoticeKind, now: datetime) -> datetime | None:
    """When a notice goes out by itself; ``None`` where it waits for a digest or never goes."""
    timing = preferences.timing_of(kind) if preferences else kind.usual_timing
    return now if timing is Timing.AT_ONCE else None


def _people(keys: Iterable[Any]) -> set[int]:
    """Those of them who are here."""
    found = User.objects.here().filter(pk__in={int(key) for key in keys if key})
    return set(found.values_list("pk", flat=True))


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('notifications'))")
