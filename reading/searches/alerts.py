"""News of saved searches by e-mail: one for each person, once a day at most.

The outbox shares the work (``rounds``), and may bring a person twice: its worker was killed, or taken for dead.
``AlertMail.sent`` is the guard against a second e-mail. It is set before sending, with one conditional update, so that
too little is sent rather than twice. What an e-mail told is written down after the mail server took it, so that what
was not told today is told with the next one. A server that says nothing counts as one that took it: the same e-mail
each morning is worse than one that is missing, and the hub itself says what is new.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Site

from core.audiences import Person
from core.dead_addresses import services as dead_addresses
from core.house import house
from core.mail import HubMail
from core.outbox import emit
from core.outbox.consumers import Unavailable
from indexing.engines.base import IndexedDocument
from reading.models import AlertMail, SavedSearch
from reading.searches import listings, news as unseen, notices, services
from search import presentation
from search.lookup import still_visible
from search.query import Hit
from search.synonyms import Groups, groups as read_groups

logger = logging.getLogger(__name__)

SALT = "reading.searches.alerts"
SHOWN = 8  # of what is new in one search; the search itself shows the rest
DEFINITE = (SMTPResponseException, SMTPRecipientsRefused, ValueError)  # the last is of an address that is none
REST = timedelta(hours=20)  # between two e-mails; less than a day, because a daily run is some minutes early or late


class Outcome(Enum):
    SENT = "sent"
    NOTHING_NEW = "nothing new"
    NOT_AGAIN = "not again today"
    UNANSWERED = "sent, the mail server did not answer"
    FAILED = "failed"


class NotTaken(Exception):
    """An e-mail that the mail server surely did not take: it is sent another time."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one saved search, as an e-mail tells it."""

    search: SavedSearch
    title: str
    url: str
    things: Sequence[Hit]
    more: int
    told: Sequence[str]
    """The keys that count as told once the e-mail is sent."""


def readers() -> QuerySet[Any]:
    """Everybody who wants to hear, is here, and has an address."""
    wanting = SavedSearch.objects.filter(alerts=True, removed=None).values("owner")
    people = get_user_model().objects.filter(pk__in=wanting, is_active=True, email__contains="@")
    return people.exclude(alert_mail__stopped=True).order_by("pk")


def write_to(reader: Person, groups: Groups | None = None) -> Outcome:
    """Send ``reader`` what is new to them. EngineUnavailable where nobody can say what that is, Unavailable where there
    is no mail server to talk to, NotTaken where it refuses: nothing is sent then, and today may still be written to.

    ``groups`` are the words that mean the same, from whoever has read them for all.
    """
    row, _made = AlertMail.objects.get_or_create(owner_id=reader.pk)
    if not is_due(row):
        return Outcome.NOT_AGAIN
    if dead_addresses.is_dead(str(reader.email)):
        return Outcome.NOTHING_NEW  # it is told once somebody is there again
    news = news_for(reader, groups)
    if not news:
        return Outcome.NOTHING_NEW
    made = message(reader, news)  # what cannot be put in words takes no day from anybody
    if (now := set_sent(row)) is None:
        return Outcome.NOT_AGAIN
    try:
        outcome = send(made, reader)
    except (NotTaken, Unavailable):
        AlertMail.objects.filter(pk=row.pk, sent=now).update(sent=row.sent)
        raise
    remember(news)
    emit(notices.NEWS, f"{get_user_model()._meta.label_lower}:{reader.pk}")
    return outcome


def is_due(row: AlertMail) -> bool:
    """Whether this person may be written to now."""
    return not row.stopped and (row.sent is None or row.sent < latest_allowed(timezone.localtime()))


def latest_allowed(now: datetime) -> datetime:
    """When the e-mail before one at ``now`` was sent at the latest: not on the same day, nor just before midnight."""
    return min(now.replace(hour=0, minute=0, second=0, microsecond=0), now - REST)


def set_sent(row: AlertMail) -> datetime | None:
    """When this person was written to: now. Nothing where another has written to them since ``row`` was read."""
    now = timezone.now()
    still = AlertMail.objects.filter(pk=row.pk, sent=row.sent, stopped=False)
    return now if still.update(sent=now) else None


def send(made: HubMail, reader: Person) -> Outcome:
    """Hand an e-mail to the mail server. Only what was surely not taken may be sent again: a server that answers late
    may have taken it all the same.
    """
    made.connection = get_connection()
    try:
        made.connection.open()
    except OSError as error:
        raise Unavailable(str(error)) from error
    try:
        made.send()
    except DEFINITE as error:
        raise NotTaken(str(error)) from error
    except OSError as error:
        logger.warning("The mail server did not say whether it took what is for person %s: %s", reader.pk, error)
        return Outcome.UNANSWERED
    finally:
        with suppress(OSError):
            made.connection.close()
    return Outcome.SENT


def news_for(reader: Person, groups: Groups | None = None) -> list[News]:
    """What is new in each search of ``reader``, as far as they may see it now."""
    known = read_groups() if groups is None else groups
    kept = services.saved_by(reader).filter(alerts=True)
    return [news for mine in kept if (news := news_of(mine, reader, known)) is not None]


def news_of(mine: SavedSearch, reader: Person, groups: Groups) -> News | None:
    """What is new in one search. One that was never answered before begins here, and has no news yet."""
    found = unseen.found_by(mine, reader, untold=True, groups=groups)
    if found.baseline:
        SavedSearch.objects.filter(pk=mine.pk, known__isnull=True).update(known=found.keys)
        return None
    seen = list(still_visible(found.new, reader))
    if not seen:
        return None
    hidden = found.new_keys.difference(stored.key for stored in seen)
    told = unseen.latest((key for key in found.keys if key not in hidden), mine.told)
    title = listings.title(mine.query, listings.community_titles([mine.query], reader))
    return News(mine, title, listings.address(mine.query), hits(seen), len(seen) - SHOWN, told)


def hits(things: Sequence[IndexedDocument]) -> list[Hit]:
    return [presentation.hit(stored) for stored in things[:SHOWN]]


@transaction.atomic
def remember(news: Sequence[News]) -> None:
    for one in news:
        SavedSearch.objects.filter(pk=one.search.pk).update(told=one.told)


# -- the e-mail --------------------------------------------------------------------------------------------------------
def message(reader: Person, news: Sequence[News]) -> HubMail:
    """One e-mail with all the news, in plain text and in HTML, and with the way to end it that mail programs offer."""
    root = Site.objects.get(is_default_site=True).root_url
    stop = root + reverse("reading:stop_alerts", args=[signed(reader)])
    context = {"reader": reader, "news": news, "root": root, "stop_url": stop, "hub_name": house().name}
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    plain = render_to_string("reading/alert.txt", context)
    made = HubMail(subject(news), plain, to=[reader.email], headers=headers)
    made.attach_alternative(render_to_string("reading/alert.html", context), "text/html")
    return made


def subject(news: Sequence[News]) -> str:
    """How much is new, and nothing of what it is: a subject is read by whoever passes the screen."""
    count = sum(len(one.things) + max(one.more, 0) for one in news)
    said = ngettext("%(count)s new thing in your searches", "%(count)s new things in your searches", count)
    return f"{house().name}: {said % {'count': count}}"


def signed(reader: Person) -> str:
    """A word that ends the e-mails of ``reader`` and does nothing else."""
    return signing.dumps(reader.pk, salt=SALT)


def owner_of(word: str) -> Any:
    """Whose e-mails a word ends; BadSignature for any other word."""
    return signing.loads(word, salt=SALT)
