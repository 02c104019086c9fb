"""Who is to be written to now. Asked every few minutes (``core.periodic``), in a fixed number of queries."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from communities.models import Membership
from core.notices import NOTICE_KINDS, Timing
from core.outbox import Delivery, emit
from core.working_days.calendar import WorkingCalendar
from core.working_days.services import working_calendar
from notifications.letters import Letter, LetterFate
from notifications.mail.contents import OLDEST
from notifications.mail.timing import GROUPED, PersonClock, kinds_told
from notifications.mail.writing import CONSUMER, DUE, kinds_told_in_communities
from notifications.models import Happening, Notice, Preferences
from people.models import User

SET_ASIDE_FOR = timedelta(days=1)  # after which whoever could not be written to is tried anew
RECENT = timedelta(hours=1)
CHOICES = [field.name for field in Preferences._meta.concrete_fields if field.name not in ("person", "language")]


def ask_for_mail() -> int:
    """Have everybody written to who is due, and return how many that is."""
    calendar, now = working_calendar(), timezone.now()
    people = {*with_notices(calendar, now), *with_digests(calendar, now), *with_news(calendar, now), *begun(now)}
    label = User._meta.label_lower
    subjects = {f"{label}:{pk}" for pk in people}
    tried = Q(set_aside=None) | Q(set_aside__gt=now - SET_ASIDE_FOR)
    waiting = Delivery.objects.to(CONSUMER).filter(tried).values_list("subject", flat=True)
    due = subjects.difference(waiting)
    emit(DUE, due)
    return len(due)


def with_notices(calendar: WorkingCalendar, now: datetime) -> Iterator[int]:
    """Those who are addressed by something that goes at once, and whose quiet hours let it through."""
    secure = [event for kind in NOTICE_KINDS if kind.is_security for event in kind.kinds]
    ripe = (
        Notice.objects.to_mail()
        .exclude(person__email=None)
        .filter(Q(mail_due__lte=now - GROUPED) | Q(mail_due__lte=now, happening__kind__in=secure))
    )
    at_once = set(ripe.filter(happening__kind__in=secure).values_list("person", flat=True))
    yield from at_once
    others = set(ripe.values_list("person", flat=True)) - at_once
    preferences = Preferences.objects.in_bulk(others)
    usual = PersonClock.of(Preferences(), calendar)
    for pk in others:
        clock = PersonClock.of(preferences[pk], calendar) if pk in preferences else usual
        if not clock.is_quiet(now):
            yield pk


def with_digests(calendar: WorkingCalendar, now: datetime) -> Iterator[int]:
    """Those whose day or week is over and who were not written to about it."""
    here = User.objects.here().exclude(email=None)
    chosen = Preferences.objects.all()
    yield from _digests(Preferences(), here.exclude(pk__in=chosen.values("person")), calendar, now)
    for choice in chosen.order_by().values(*CHOICES).distinct():
        people = here.filter(pk__in=chosen.filter(**choice).values("person"))
        yield from _digests(Preferences(**choice), people, calendar, now)


def _digests(
    preferences: Preferences, people: "QuerySet[User]", calendar: WorkingCalendar, now: datetime
) -> Iterator[int]:
    clock = PersonClock.of(preferences, calendar)
    for timing in (Timing.DAILY, Timing.WEEKLY):
        if (kinds := kinds_told(preferences, timing)) and (window := clock.window(timing, now)):
            written = Letter.objects.filter(person=OuterRef("pk"), window=window.name)
            due = people.exclude(Exists(written))
            if not kinds_told_in_communities(preferences, timing):  # what waits for them is known without looking
                due = due.filter(Exists(Notice.objects.for_digest(kinds, window.due).filter(person=OuterRef("pk"))))
            yield from due.values_list("pk", flat=True)


def with_news(calendar: WorkingCalendar, now: datetime) -> Iterator[int]:
    """Those who want to hear at once of what happens in communities, where something did that no e-mail told them of.
    What happened in their quiet hours is told when these end.
    """
    if not any(kind.community for kind in NOTICE_KINDS):
        return
    chosen = Preferences.objects.filter(Q(matters=Timing.AT_ONCE) | Q(rest=Timing.AT_ONCE))
    wanting = [
        choice.pk
        for choice in chosen
        if kinds_told_in_communities(choice) and not PersonClock.of(choice, calendar).is_quiet(now)
    ]
    if not wanting:
        return
    letters = Letter.objects.filter(person__in=wanting, timing=Timing.AT_ONCE).order_by()
    told = dict(letters.values_list("person").annotate(until=Max("until")))
    happened = Happening.objects.filter(community__isnull=False, at__gt=now - OLDEST, at__lte=now - GROUPED).order_by()
    newest = dict(happened.values_list("community").annotate(newest=Max("pk")))
    members = Membership.objects.active().filter(person__in=wanting, community__in=newest)
    for person, community in members.order_by().values_list("person", "community"):
        if newest[community] > told.get(person, 0):
            yield person


def begun(now: datetime) -> Iterator[int]:
    """Those to whom somebody was writing who was killed, and of whom no word is left."""
    yield from Letter.objects.filter(fate=LetterFate.BEGUN, begun__lt=now - RECENT).values_list("person", flat=True)
