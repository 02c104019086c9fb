"""Writes to one person after another. The outbox brings whoever is due, shares the work and tries again.

The outbox may bring somebody twice: a worker was killed, or taken for dead. ``Letter`` guards against a second e-mail:
it is written down before sending, with what it tells of, and once more after the mail server took it. What cannot be
rendered uses up no window, because rendering comes first.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils import timezone, translation

from core.current_reader import reading
from core.languages import offered
from core.notices import NOTICE_KINDS, Timing
from core.outbox import Delivery
from core.outbox.consumers import Unavailable
from core.sending import MailConnection, NotTaken, ServerReply
from core.working_days.calendar import WorkingCalendar
from core.working_days.services import working_calendar
from notifications.letters import Letter, LetterFate
from notifications.mail.contents import Contents, contents_of
from notifications.mail.messages import message
from notifications.mail.timing import PersonClock, kinds_told
from notifications.models import Happening, Notice, Preferences
from notifications.querysets import NoticeQuerySet
from people.models import User

logger = logging.getLogger(__name__)

CONSUMER = "e-mails to people"
DUE = "notifications.mail_due"  # its subject is a person
BROKEN_AGAIN = timedelta(hours=1)  # when what could not be put in words is tried again
FATES = {ServerReply.TAKEN: LetterFate.SENT, ServerReply.SILENT: LetterFate.SILENT, ServerReply.DEAD: LetterFate.DEAD}


def write(events: Sequence[Delivery]) -> None:
    """Write to each person who is here and has an address. One who cannot be written to holds up no other."""
    calendar, now = working_calendar(), timezone.now()
    people = User.objects.here().in_bulk([int(event.subject_pk) for event in events])
    preferences = Preferences.objects.in_bulk(people)
    trouble: Exception | None = None
    with reading(_nobodys_request()), MailConnection() as line:
        for person in people.values():
            if not person.email:
                continue
            writer = PersonMailWriter(
                person, preferences.get(person.pk) or Preferences(person=person), calendar, line, now
            )
            try:
                writer.write()
            except Unavailable:
                raise
            except Exception as error:
                logger.exception("Person %s could not be written to.", person.pk)
                trouble = error
    if trouble is not None:
        raise trouble


def _nobodys_request() -> HttpRequest:
    """What is read once for a request, such as the name of the hub, is read once for all of them."""
    request = HttpRequest()
    request.user = AnonymousUser()
    return request


class PersonMailWriter:
    """All that goes to one person now."""

    def __init__(
        self, person: User, preferences: Preferences, calendar: WorkingCalendar, line: MailConnection, now: datetime
    ) -> None:
        self.person, self.preferences, self.line, self.now = person, preferences, line, now
        self.clock = PersonClock.of(preferences, calendar)
        self.refusal: NotTaken | None = None
        self.stuck: set[int] = set()  # notices of e-mails that wait to be sent again

    @property
    def language(self) -> str:
        """The reader's, or the hub's where it is not offered in theirs any more."""
        return offered(self.preferences.language)

    def write(self) -> None:
        """What the mail server does not take keeps nothing else from being sent, and is tried again."""
        zone = self.clock.calendar.zone
        with timezone.override(zone), translation.override(self.language):
            for begun in Letter.objects.filter(person=self.person, fate=LetterFate.BEGUN):
                self.send(begun)
            self.tell_at_once()
            for timing in (Timing.DAILY, Timing.WEEKLY):
                self.digest(timing)
        if self.refusal is not None:
            raise self.refusal

    def waiting(self) -> NoticeQuerySet:
        """What is to be told, and stands in no e-mail that waits to be sent again."""
        return Notice.objects.unread().filter(person=self.person, mailed_at=None).exclude(pk__in=self.stuck)

    # -- what goes at once ---------------------------------------------------------------------------------------------
    def tell_at_once(self) -> None:
        """All that waits, together. In quiet hours only what is of security."""
        waiting = self.waiting().to_mail().filter(mail_due__lte=self.now)
        secure = [event for kind in NOTICE_KINDS if kind.is_security for event in kind.kinds]
        if self.clock.is_quiet(self.now):
            waiting = waiting.filter(happening__kind__in=secure)
        waiting = self._still_at_once(waiting)
        rows = list(waiting.order_by("pk").values_list("pk", "happening__kind"))
        for is_secure in (True, False):  # apart: only one of them can be stopped
            if notices := [pk for pk, kind in rows if (kind in secure) is is_secure]:
                self.send(Letter(timing=Timing.AT_ONCE, window=self._window(notices[0]), notices=notices))
        if not self.clock.is_quiet(self.now):
            self.tell_news_at_once()

    def _window(self, notice: int) -> str:
        """The name of an e-mail: another one each time, also where a notice could not be put in words before."""
        name = f"notice {notice}"
        before = Letter.objects.filter(Q(window=name) | Q(window__startswith=f"{name} "), person=self.person).count()
        return f"{name} {before}" if before else name

    def _still_at_once(self, waiting: NoticeQuerySet) -> NoticeQuerySet:
        """What its reader no longer wants at once waits for a digest, or goes out never."""
        kinds = kinds_told(self.preferences, Timing.AT_ONCE)
        waiting.exclude(happening__kind__in=kinds).update(mail_due=None)
        return waiting.filter(happening__kind__in=kinds)

    def tell_news_at_once(self) -> None:
        """What happened in communities, for whoever wants that at once."""
        if kinds_told_in_communities(self.preferences):
            after, until = self._told_until(Timing.AT_ONCE), newest(self.now)
            if after is None or until <= after:  # from now on
                nothing = {"timing": Timing.AT_ONCE, "until": until, "fate": LetterFate.NOTHING}
                Letter.objects.get_or_create(person=self.person, window=f"news {until}", defaults=nothing)
            else:
                self.send(Letter(timing=Timing.AT_ONCE, window=f"news {until}", after=after, until=until))

    # -- digests -------------------------------------------------------------------------------------------------------
    def digest(self, timing: Timing) -> None:
        """The digest that is due, once. One with nothing in it is not sent, and is written down where it looked through
        communities.
        """
        window, kinds = self.clock.window(timing, self.now), kinds_told(self.preferences, timing)
        if not window or not kinds or Letter.objects.filter(person=self.person, window=window.name).exists():
            return
        waiting = self.waiting().for_digest(kinds, window.due)
        notices = list(waiting.order_by("pk").values_list("pk", flat=True))
        after = until = 0
        if kinds_told_in_communities(self.preferences, timing):
            after, until = self._told_until(timing) or 0, newest(window.due)
        elif not notices:
            return
        self.send(Letter(timing=timing, window=window.name, notices=notices, after=after, until=until))

    def _told_until(self, timing: Timing) -> int | None:
        """Up to which event the e-mails of this time have told of communities, and those of times at which they tell
        of none any more: who changes from weekly to daily reads nothing twice. Nothing before the first.
        """
        times = [one for one in Timing if one == timing or not kinds_told_in_communities(self.preferences, one)]
        told = Letter.objects.filter(person=self.person, timing__in=times, until__gt=0)
        until: int | None = told.aggregate(until=Max("until"))["until"]
        return until

    # -- one e-mail ----------------------------------------------------------------------------------------------------
    def send(self, letter: Letter) -> None:
        """Put in words, write down, hand over, write down what came of it."""
        letter.person = self.person
        contents = contents_of(letter, self.person, self.preferences)
        if not contents.items:
            finish(letter, contents, LetterFate.NOTHING)
            return
        made = message(letter, self.person, contents, can_be_stopped=not contents.is_of_security)
        letter.save()
        try:
            answer = self.line.send(made)
        except NotTaken as error:
            self.refusal = error
            self.stuck.update(letter.notices)
        else:
            finish(letter, contents, FATES[answer])


@transaction.atomic
def finish(letter: Letter, contents: Contents, fate: LetterFate) -> None:
    """What was told is told no more. What could not be put in words is tried again in an hour."""
    letter.fate = fate
    letter.save()
    if not letter.notices:
        return
    told = Notice.objects.filter(person=letter.person, pk__in=letter.notices, mailed_at=None)
    now = timezone.now()
    told.filter(pk__in=contents.broken).update(mail_due=now + BROKEN_AGAIN)
    told.exclude(pk__in=contents.broken).update(mailed_at=now)


def newest(moment: datetime) -> int:
    """The position of what had happened at ``moment``, up to which an e-mail tells."""
    return Happening.objects.filter(at__lte=moment).aggregate(newest=Max("pk"))["newest"] or 0


def kinds_told_in_communities(preferences: Preferences, timing: Timing = Timing.AT_ONCE) -> bool:
    """Whether somebody wants to hear at this time of what happens in communities."""
    return any(kind.community and preferences.timing_of(kind) == timing for kind in NOTICE_KINDS)
