"""Writes events."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from core.outbox.consumers import Consumer, consumers_of
from core.outbox.models import Delivery
from core.outbox.tasks import ask_with_commit

ROWS = 500  # in one query
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

    Many things are written with one query for each consumer, or one for each sixty of them on SQLite. LookupError where
    nobody consumes the kind.
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


def _write(consumer: Consumer, keys: Iterable[str], happened: dict[str, Any]) -> None:
    rows = [
        Delivery(consumer=consumer.name, subject=key, event=event, slot="" if consumer.coalesces else event.hex)
        for key in keys
        if (event := uuid4())
    ]
    for row in rows:
        row.due = happened["at"]
        for name, value in happened.items():
            setattr(row, name, value)
    if consumer.coalesces:
        Delivery.objects.bulk_create(
            rows,
            batch_size=ROWS,
            update_conflicts=True,
            unique_fields=["consumer", "subject", "slot"],
            update_fields=NEWEST,
        )
    else:
        Delivery.objects.bulk_create(rows, batch_size=ROWS)
