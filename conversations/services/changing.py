"""Fields of a conversation are changed, and what they were is kept with the line of the history, to undo it by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime

from conversations.models import Conversation, Entry, Promise
from conversations.services.log import note
from people.models import User

OF_THE_PROMISE = ("ended", "ended_as", "waiting_since", "waiting_by_id")
"""What of a question's promise follows from its being closed or answered."""


def change(row: Conversation, by: User, action: str, *, word: str = "", **fields: object) -> Entry | None:
    """Save these ``fields`` of a locked row, and write it into its history."""
    was = values_of(row, fields)
    promise = _promise_of(row) if {"closed", "answer_id"} & fields.keys() else {}
    set_values(row, fields)
    is_now = values_of(row, fields)
    return note(action, row, by, word=word, keys={"was": was, "is": is_now, "last": row.last_number, **promise})


def set_values(row: Conversation, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=fields)


def values_of(row: models.Model, fields: Iterable[str]) -> dict[str, object]:
    """As they are kept in a line of the history."""
    return {name: _kept(getattr(row, name)) for name in fields}


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def read(kind: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, as fields of this kind of row bear it."""
    moments = {field.attname for field in kind._meta.concrete_fields if isinstance(field, models.DateTimeField)}
    return {name: parse_datetime(value or "") if name in moments else value for name, value in values.items()}


def _promise_of(row: Conversation) -> dict[str, object]:
    promise = Promise.objects.filter(conversation=row).prefetch_related("waits").first()
    if promise is None:
        return {}
    waits = [values_of(wait, ("since", "until")) for wait in promise.waits.all()]
    return {"promise": values_of(promise, OF_THE_PROMISE), "waits": waits}
