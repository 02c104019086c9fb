"""How many posts one person writes in a short time. The limit guards against scripts and stolen sessions, and gives
everybody else time to read; whoever meets it keeps their words, and reads when they may go on.

It counts the posts themselves, so that all processes count alike, and what came by e-mail counts, too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from conversations.errors import CannotPost
from conversations.models import Post
from core.rate_limits import limit
from people.models import User

JUST_NOW = timedelta(minutes=10)
"""So long the same words in the same place are taken for one press too many."""
NEW_FOR = timedelta(days=7)
"""So long somebody is new in the hub."""


class TooFast(CannotPost):
    """Somebody wrote as many posts as they may for now; the text says when they may go on, ``wait`` in how many
    seconds.
    """

    def __init__(self, words: str, wait: int) -> None:
        self.wait = wait
        super().__init__(words)


def limit_of(person: User) -> str:
    """The name of their limit: people from outside and those who are new write fewer."""
    is_new = person.date_joined > timezone.now() - NEW_FOR
    return "posts_at_first" if is_new or not person.is_insider else "posts"


class Lately(NamedTuple):
    """Something that somebody wrote a short time ago."""

    posted: datetime
    conversation: int


def of_late(person: User) -> list[Lately]:
    """What they wrote a short time ago, the newest first: as much of it as is counted."""
    chosen = limit(limit_of(person))
    span = max(timedelta(seconds=chosen.seconds), JUST_NOW)
    theirs = Post.objects.filter(author=person.pk, posted__gt=timezone.now() - span).order_by("-posted")
    return [Lately(*row) for row in theirs.values_list("posted", "conversation_id")[: chosen.amount]]


def see_to(person: User, key: UUID | None = None, lately: Sequence[Lately] | None = None) -> None:
    """Raise ``TooFast`` where ``person`` has to wait. What was sent with this key already does not wait. ``lately`` is
    what they wrote, where whoever asks has looked it up.
    """
    chosen, now = limit(limit_of(person)), timezone.now()
    since = now - timedelta(seconds=chosen.seconds)
    rows = [row for row in (of_late(person) if lately is None else lately) if row.posted > since]
    if len(rows) < chosen.amount or (key and Post.objects.filter(author=person.pk, key=key).exists()):
        return
    raise TooFast(*_said(chosen.amount, chosen.seconds, rows[-1].posted, now))


def slowed(page: HttpResponse, refusal: Exception) -> HttpResponse:
    """The page with the words that wait; programs are told, too, where it is for this."""
    if isinstance(refusal, TooFast):
        page.status_code = HTTPStatus.TOO_MANY_REQUESTS
        page["Retry-After"] = str(refusal.wait)
    return page


def _said(amount: int, seconds: int, first: datetime, now: datetime) -> tuple[str, int]:
    wait = max(1, round((first - now).total_seconds()) + seconds)
    minutes = -(-wait // 60)
    words = ngettext(
        "You have written %(n)s posts in a short time. Your words are below: send them in a minute.",
        "You have written %(n)s posts in a short time. Your words are below: send them in %(minutes)s minutes.",
        minutes,
    )
    return words % {"n": amount, "minutes": minutes}, wait
