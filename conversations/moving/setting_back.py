"""The way back from a press: what was pinned, marked, closed, opened or locked is exactly as it was before it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from conversations import undoable
from conversations.errors import CannotPost
from conversations.models import Conversation, Promise, Wait
from conversations.notices import number_changed
from conversations.promise import progress
from conversations.services.changing import read, set_values, values_of
from conversations.side_effects import follow_up
from people.models import User
from search.services import changed


def set_back(row: Conversation, data: Mapping[str, Any]) -> None:
    if row.merged_into_id is not None or not is_as_set(row, data):
        raise CannotPost(_("It was changed since, so it stays as it is. Undo first what was done last."))
    was = _still_there(row, read(Conversation, data["was"]))
    set_values(row, was)
    if "promise" in data:
        _set_promise_back(row, data)
    changed(row)
    number_changed(row)
    follow_up(row)


def close_or_lock_again(row: Conversation, data: Mapping[str, Any]) -> None:
    """Opened by mistake: unless somebody has used it."""
    if row.last_number != data["last"]:
        raise CannotPost(_("Somebody has written there since, so it stays as it is."))
    set_back(row, data)


def is_as_set(row: Conversation, data: Mapping[str, Any]) -> bool:
    return values_of(row, data["is"]) == data["is"]


def is_untouched(action: str, row: Conversation, data: Mapping[str, Any]) -> bool:
    """Whether nothing came after it that stands in the way."""
    return is_as_set(row, data) and (action not in undoable.OPENED or row.last_number == data["last"])


def _still_there(row: Conversation, was: dict[str, Any]) -> dict[str, Any]:
    """Without a mark on what was removed or put elsewhere, and without the name of an account that is gone."""
    if was.get("answer_id") and not row.posts.shown().filter(pk=was["answer_id"]).exists():
        was["answer_id"] = None
    if was.get("closed_by_id") and not User.objects.filter(pk=was["closed_by_id"]).exists():
        was["closed_by_id"] = None
    return was


def _set_promise_back(row: Conversation, data: Mapping[str, Any]) -> None:
    """Its clock ran, stood or had ended: it goes on from there, and has lost no time."""
    promise = progress.locked(row)
    if promise is None:
        return
    promise.conversation = row
    for name, value in read(Promise, data["promise"]).items():
        setattr(promise, name, value)
    promise.waits.all().delete()
    Wait.objects.bulk_create(Wait(promise=promise, **read(Wait, wait)) for wait in data["waits"])
    progress.save(promise)
