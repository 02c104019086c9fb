"""Dates are made some months ahead, by the timetable, as long as the surgery is held."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from communities.choices import Stage
from core.working_days.services import closed_days
from surgeries.choices import Repeats
from surgeries.models import LeftOut, Pattern, Session
from surgeries.recurrence import span
from surgeries.series.plan import horizon
from surgeries.series.services import lock, make

DAY = timedelta(days=1)


def due(last: date) -> Any:
    """The patterns that have dates to be made up to ``last``. None of a surgery that nobody can read, and none once its
    community is closed.
    """
    open_ones = Pattern.objects.exclude(repeats=Repeats.BY_HAND).filter(surgery__live=True)
    open_ones = open_ones.exclude(surgery__community__stage=Stage.CLOSED)
    open_ones = open_ones.exclude(surgery__community__live=False)
    not_over = Q(until=None) | Q(made_until=None) | Q(until__gt=F("made_until"))
    return open_ones.filter(not_over).filter(Q(made_until=None) | Q(made_until__lt=last))


def roll_ahead() -> None:
    """Make what is missing up to the horizon. It may run twice at once, and be killed at any moment."""
    today = timezone.localdate()
    for pk in due(horizon(today, today)).values_list("pk", flat=True):
        roll(pk, today)


@transaction.atomic
def roll(pk: int, today: date) -> None:
    """One pattern."""
    pattern = Pattern.objects.select_related("surgery").get(pk=pk)
    lock(pattern.surgery)
    last = horizon(today, today)
    found = due(last).filter(pk=pk).select_related("surgery").first()
    if found is None:
        return  # somebody else did it meanwhile
    start = max(today, found.made_until + DAY) if found.made_until else today
    known = set(Session.objects.filter(pattern=found).values_list("pattern_date", flat=True))
    known |= set(LeftOut.objects.filter(pattern=found).values_list("date", flat=True))
    closed = {} if found.on_closed_days else closed_days(start, last)
    for day in found.rule.dates(start, last):
        if day in known or span(day, found.begins, found.ends)[0] <= timezone.now():
            continue
        if day in closed:
            LeftOut.objects.create(pattern=found, date=day, why=closed[day])
        else:
            make(found, day)
    Pattern.objects.filter(pk=pk).update(made_until=last)
