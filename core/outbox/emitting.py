"""Writes events."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Field, Model
from django.utils import timezone

from core.outbox.consumers import Consumer, consumers_of
from core.outbox.models import Delivery
from core.outbox.tasks import are_kept, ask_within

EACH = ("subject", "event", "slot")  # what differs among the rows of one event
NEWEST = ["event", "kind", "actor", "audience", "data", "at", "attempts", "reason", "set_aside"]
"""What a newer event of the same subject takes over. Who has the row in hand keeps it in hand."""
NO_TIME = timedelta()


class ConsumerEvent(NamedTuple):
    """What one consumer is told of one event, whatever it happened to."""

    consumer: Consumer
    keys: Sequence[str]
    happened: Mapping[str, Any]
    within: timedelta = NO_TIME


class _Mark:
    """Knows whether the savepoint still stands in which something was emitted: what is taken back to a savepoint takes
    the callbacks back that were to follow the commit.
    """

    is_committed = False

    def __call__(self) -> None:
        self.is_committed = True

    @property
    def stands(self) -> bool:
        return self.is_committed or any(each[1] is self for each in connection.run_on_commit)


class _Held(threading.local):
    """What was emitted and is not written yet, where somebody emits several events together."""

    events: list[tuple[_Mark, list[ConsumerEvent]]] | None = None


_held = _Held()


def subject_of(thing: Model | str) -> str:
    """The key of a thing: ``stories.storypage:12``."""
    return thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}"


@transaction.atomic(savepoint=False)
def emit(
    kind: str,
    subjects: Model | str | Iterable[Model | str],
    *,
    actor: Model | None = None,
    audience: str = "",
    data: Mapping[str, Any] | None = None,
    within: timedelta = NO_TIME,
) -> None:
    """Write that something happened to one thing or to many, in the transaction of the change, and have it consumed
    after the commit; ``within`` so long where that will do, so that several events of one subject are consumed as one.
    Whatever happens to it meanwhile that cannot wait brings both.

    However many things they are, it is one query for each consumer. LookupError where nobody consumes the kind.
    """
    many = [subjects] if isinstance(subjects, Model | str) else subjects
    # Rows are locked in one order everywhere, so that no two processes wait for each other.
    keys = sorted({subject_of(one) for one in many})
    person = "" if actor is None else str(actor.pk)
    happened = {"kind": kind, "actor": person, "audience": audience, "data": dict(data or {}), "at": timezone.now()}
    events = [ConsumerEvent(consumer, keys, happened, within) for consumer in consumers_of(kind) if keys]
    if _held.events is not None:
        mark = _Mark()
        transaction.on_commit(mark)
        _held.events.append((mark, events))
        return
    for event in events:
        _write([event])
        ask_within(event.consumer, within)


@contextmanager
def together() -> Iterator[None]:
    """What is emitted inside is written at its end, with one statement: one deed may be several events. It stands
    inside the transaction of the deed, and what fails inside emits nothing; what a savepoint inside takes back is not
    emitted, either.
    """
    if _held.events is not None:
        yield
        return
    held: list[tuple[_Mark, list[ConsumerEvent]]] = []
    _held.events = held
    try:
        yield
    finally:
        _held.events = None
    if newest := _newest([event for mark, events in held if mark.stands for event in events]):
        _write(newest)
        for event in {event.consumer.name: event for event in newest}.values():
            ask_within(event.consumer, event.within)


def _newest(events: Sequence[ConsumerEvent]) -> list[ConsumerEvent]:
    """Without what a later one of them takes the place of: a statement writes no row twice. What can wait does not,
    where anything for the same consumer cannot.
    """
    within = {event.consumer.name: NO_TIME for event in events if not event.within}
    told: set[tuple[str, str]] = set()
    kept: list[ConsumerEvent] = []
    for event in reversed(events):
        keys = [key for key in event.keys if (event.consumer.name, key) not in told]
        if event.consumer.coalesces:
            told |= {(event.consumer.name, key) for key in keys}
        if keys:
            kept.append(event._replace(keys=keys, within=within.get(event.consumer.name, event.within)))
    return kept[::-1]


def _write(events: Sequence[ConsumerEvent]) -> None:
    """All rows with one statement: what differs from row to row goes as arrays, and the rest once.

    Django's ``bulk_create`` needs a statement for every sixty rows on SQLite, and took twice as long.
    """
    fields = [field for field in Delivery._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(str(field.column) for field in fields)
    parts = [_rows(event, fields) for event in events]
    rows = " union all ".join(selected for selected, _values in parts)
    statement = f"insert into {Delivery._meta.db_table} ({columns}) {rows}"
    if any(event.consumer.coalesces for event in events):
        newest = ", ".join([*(f"{name} = excluded.{name}" for name in NEWEST), f"due = {_sooner()}"])
        statement += f" on conflict (consumer, subject, slot) do update set {newest}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _selected, values in parts for value in values])


def _sooner() -> str:
    """When a row with a newer event is due: not later than it was, unless somebody has it in hand, who brings what was
    due.
    """
    table, least = Delivery._meta.db_table, "least" if connection.vendor == "postgresql" else "min"
    return f"case when {table}.claimed_until is null then {least}({table}.due, excluded.due) else excluded.due end"


def _rows(event: ConsumerEvent, fields: "Sequence[Field[Any, Any]]") -> tuple[str, list[Any]]:
    """What selects the rows of one event, and its parameters."""
    consumer, keys, happened, within = event
    events = [uuid4() for _key in keys]
    slots = ["" if consumer.coalesces else event.hex for event in events]
    due = happened["at"] + (within if are_kept() else NO_TIME)
    alike = Delivery(consumer=consumer.name, due=due, **happened)
    values = [field.get_db_prep_save(getattr(alike, field.attname), connection) for field in fields]
    given = {name: value for name, value in zip(fields, values, strict=True) if name.name not in EACH}
    selected = ", ".join(f"one.{field.name}" if field.name in EACH else _typed(field) for field in fields)
    source, arrays = _source(keys, events, slots)
    return f"select {selected} from {source} where true", [*given.values(), *arrays]  # noqa: S608 (names of ours)


def _typed(field: "Field[Any, Any]") -> str:
    return f"cast(%s as {field.db_type(connection)})" if connection.vendor == "postgresql" else "%s"


def _source(keys: Sequence[str], events: Sequence[UUID], slots: Sequence[str]) -> tuple[str, list[Any]]:
    """A table of subject, event and slot, and its parameters."""
    if connection.vendor == "postgresql":
        return "unnest(%s::text[], %s::uuid[], %s::text[]) as one(subject, event, slot)", [keys, events, slots]
    rows = json.dumps([[key, event.hex, slot] for key, event, slot in zip(keys, events, slots, strict=True)])
    columns = ", ".join(f"json_extract(value, '$[{place}]') as {name}" for place, name in enumerate(EACH))
    return f"(select {columns} from json_each(%s)) as one", [rows]  # noqa: S608 (names of ours)
