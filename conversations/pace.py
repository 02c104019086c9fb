"""How many posts one person writes in a short time. The limit guards against scripts and stolen sessions, and gives
everybody else time to read; whoever meets it keeps their words, and reads when they may go on.

It counts the posts themselves, so that all processes count alike, and what came by e-mail counts, too.
"""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from conversations.errors import CannotPost
from conversations.models import Post
from core.rate_limits import limit
from people.models import User

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


def see_to(person: User, key: UUID | None = None) -> None:
    """Raise ``TooFast`` where ``person`` has to wait. What was sent with this key already does not wait."""
    chosen = limit(limit_of(person))
    now = timezone.now()
    theirs = Post.objects.filter(author=person, posted__gt=now - timedelta(seconds=chosen.seconds))
    rows = list(theirs.order_by("-posted").values_list("posted", "key")[: chosen.amount])
    if len(rows) < chosen.amount or key in {sent for _posted, sent in rows}:
        return
    raise TooFast(*_said(chosen.amount, chosen.seconds, rows[-1][0], now))


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
