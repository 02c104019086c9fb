"""What changes conversations."""

from conversations.services.deeds import (
    close,
    mark_answer,
    pin,
    react,
    reopen,
    set_level,
    take_word_back,
    unmark_answer,
    unpin,
)
from conversations.services.drafts import draft_at, forget_draft, keep_draft, place_of
from conversations.services.locking import CannotPost
from conversations.services.posting import Meanwhile, begin, edit, reply, why_not
from conversations.services.reading import read_up_to
from conversations.services.removing import put_back, remove
from conversations.services.sent import key_for, said_just_now, was_sent

__all__ = [
    "CannotPost",
    "Meanwhile",
    "begin",
    "close",
    "draft_at",
    "edit",
    "forget_draft",
    "keep_draft",
    "key_for",
    "mark_answer",
    "pin",
    "place_of",
    "put_back",
    "react",
    "read_up_to",
    "remove",
    "reopen",
    "reply",
    "said_just_now",
    "set_level",
    "take_word_back",
    "unmark_answer",
    "unpin",
    "was_sent",
    "why_not",
]
