"""Writes events."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Field, Model
from django.utils import timezone

from core.outbox.consumers import Consumer, consumers_of
from core.outbox.models import Delivery
from core.outbox.tasks import ask_with_commit

EACH = ("subject", "event", "slot")  # what differs among the rows of one event
NEWEST = ["event", "kind", "actor", "audience", "data", "at", "due", "attempts", "reason", "set_aside"]
"""What a newer event of the same subject takes over. Who has the row in hand keeps it in hand."""


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
) -> None:
    """Write that something happened to one thing or to many, in the transaction of the change, and have it consumed
    after the commit.

    However many things they are, it is one query for each consumer. LookupError where nobody consumes the kind.
    """
    many = [subjects] if isinstance(subjects, Model | str) else subjects
    # Rows are locked in one order everywhere, so that no two processes wait for each other.
    keys = sorted({subject_of(one) for one in many})
    person = "" if actor is None else str(actor.pk)
    happened = {"kind": kind, "actor": person, "audience": audience, "data": dict(data or {}), "at": timezone.now()}
    for consumer in consumers_of(kind):
        if keys:
            _write(consumer, keys, happened)
            ask_with_commit(consumer)


def _write(consumer: Consumer, keys: Sequence[str], happened: Mapping[str, Any]) -> None:
    """All rows with one statement: what differs from row to row goes as arrays, and the rest once.

    Django's ``bulk_create`` needs a statement for every sixty rows on SQLite, and took twice as long.
    """
    events = [uuid4() for _key in keys]
    slots = ["" if consumer.coalesces else event.hex for event in events]
    alike = Delivery(consumer=consumer.name, due=happened["at"], **happened)
    fields = [field for field in Delivery._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(alike, field.attname), connection) for field in fields]
    given = {name: value for name, value in zip(fields, values, strict=True) if name.name not in EACH}
    columns = ", ".join(str(field.column) for field in fields)
    selected = ", ".join(f"one.{field.name}" if field.name in EACH else _typed(field) for field in fields)
    source, arrays = _source(keys, events, slots)
    statement = f"insert into {Delivery._meta.db_table} ({columns}) select {selected} from {source} where true"  # noqa: S608 (names of ours)
    if consumer.coalesces:
        newest = ", ".join(f"{name} = excluded.{name}" for name in NEWEST)
        statement += f" on conflict (consumer, subject, slot) do update set {newest}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given.values(), *arrays])


def _typed(field: "Field[Any, Any]") -> str:
    return f"cast(%s as {field.db_type(connection)})" if connection.vendor == "postgresql" else "%s"


def _source(keys: Sequence[str], events: Sequence[UUID], slots: Sequence[str]) -> tuple[str, list[Any]]:
    """A table of subject, event and slot, and its parameters."""
    if connection.vendor == "postgresql":
        return "unnest(%s::text[], %s::uuid[], %s::text[]) as one(subject, event, slot)", [keys, events, slots]
    rows = json.dumps([[key, event.hex, slot] for key, event, slot in zip(keys, events, slots, strict=True)])
    columns = ", ".join(f"json_extract(value, '$[{place}]') as {name}" for place, name in enumerate(EACH))
    return f"(select {columns} from json_each(%s)) as one", [rows]  # noqa: S608 (names of ours)
