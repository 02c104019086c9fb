"""What was done with a conversation, as its page tells everybody who may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import SimpleLazyObject

from conversations.models import Conversation
from conversations.services.log import in_words
from core.text import Words

SHOWN = 30  # lines


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done."""

    said: Words
    by: str
    at: datetime
    word: str
    undone: bool


def history_of(conversation: Conversation) -> list[HistoryLine]:
    """The newest first, looked up once it is shown."""
    lines: list[HistoryLine] = SimpleLazyObject(lambda: _lines(conversation))  # type: ignore[assignment]  # the list itself
    return lines


def why_locked(conversation: Conversation) -> str:
    """The word of whoever locked it last, for as long as it is locked."""
    if not conversation.is_locked:
        return ""
    return conversation.history.filter(action="lock", undone=None).values_list("word", flat=True).first() or ""


def _lines(conversation: Conversation) -> list[HistoryLine]:
    rows = conversation.history.select_related("by")[:SHOWN]
    return [
        HistoryLine(in_words(row.action), row.by.name if row.by else "", row.at, row.word, row.undone is not None)
        for row in rows
    ]
