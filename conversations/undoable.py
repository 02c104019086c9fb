"""What was just done with a conversation and can be taken back: looked up with its row, so that no page asks for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Entry
from core.text import Words

FOR = timedelta(minutes=10)
MOVE, SPLIT, MERGE = "move", "split", "merge"
OPENED = ("reopen", "unlock")
"""After these somebody may write again."""
SET = ("pin", "unpin", "close", "mark_answer", "unmark_answer", "lock", *OPENED)
"""What one press sets: the line keeps what it was before."""
SAID = {
    MOVE: _("It was moved here from another community"),
    SPLIT: _("Posts were put into a conversation of their own"),
    MERGE: _("Another conversation was put into this one"),
    "pin": _("It was pinned"),
    "unpin": _("It is not pinned any more"),
    "close": _("It was closed"),
    "reopen": _("It was opened again"),
    "mark_answer": _("An answer was marked"),
    "unmark_answer": _("The mark was taken off an answer"),
    "lock": _("It was locked"),
    "unlock": _("It was unlocked"),
}
"""What was just done, on the page of its conversation."""


PLACE = "undo"
"""What its place on the page is called: whoever did something comes there, wherever the page is long."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """A line of the history, as its conversation's page offers to take it back."""

    pk: int
    said: Words
    until: datetime


def just_done() -> Subquery:
    """For a conversation: the key of the newest line of its history that can still be undone."""
    lines = Entry.objects.filter(conversation=OuterRef("pk"), undone=None, action__in=(MOVE, SPLIT, MERGE, *SET))
    return Subquery(lines.filter(at__gt=timezone.now() - FOR).order_by("-at", "-pk").values("pk")[:1])


def offered_at(url: str) -> str:
    """The address of the page at ``url`` where it offers to take back what was just done."""
    return f"{url.partition('#')[0]}#{PLACE}"
