"""When the demo's sessions are, counted from today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice

from django.utils import timezone

from surgeries.choices import Repeats
from surgeries.recurrence import RecurrenceRule

Span = tuple[datetime, datetime]

CLOSED = {(12, 25), (12, 26), (1, 1)}
"""Days on which nobody holds a surgery."""


@dataclass(frozen=True, slots=True)
class DatePattern:
    """Which dates a surgery has: how many of them are over, how many are to come."""

    weekday: int
    every_days: int
    start: str
    minutes: int
    past: int
    upcoming: int
    nth: int = 0
    """Which of the month, where it is held on such a day of each month: 1 for the first, -1 for the last."""


def spans(pattern: DatePattern, now: datetime) -> tuple[list[Span], list[Span]]:
    """The dates that are over (or just going on) and those to come, each list in order of time.

    A session begins at the same hour on the wall whatever the season, and lasts as long as it says even in the night
    that the clocks change.
    """
    if pattern.nth:
        return _of_each_month(pattern, now)
    first = first_to_come(pattern, now)
    step = timedelta(days=pattern.every_days)
    past = reversed(_days(first - step, -step, pattern.past))
    return [_span(day, pattern) for day in past], [_span(day, pattern) for day in _days(first, step, pattern.upcoming)]


def _days(first: date, step: timedelta, number: int) -> list[date]:
    """``number`` days from ``first`` on, without those on which everybody is at home."""
    days = (first + step * n for n in count())
    return list(islice((day for day in days if _is_held(day)), number))


def _is_held(day: date) -> bool:
    return (day.month, day.day) not in CLOSED


def _of_each_month(pattern: DatePattern, now: datetime) -> tuple[list[Span], list[Span]]:
    today = timezone.localdate(now)
    years = timedelta(days=31 * (max(pattern.past, pattern.upcoming) + 3))
    rule = RecurrenceRule(Repeats.NTH, today - years, None, pattern.weekday, pattern.nth, 1)
    found = [_span(day, pattern) for day in rule.dates(today - years, today + years) if _is_held(day)]
    past, to_come = [one for one in found if one[0] <= now], [one for one in found if one[0] > now]
    return past[len(past) - pattern.past :], to_come[: pattern.upcoming]


def first_to_come(pattern: DatePattern, now: datetime) -> date:
    """The next day of the pattern whose session has not begun."""
    today = timezone.localdate(now)
    day = today + timedelta(days=(pattern.weekday - today.weekday()) % 7)
    return day if _span(day, pattern)[0] > now else day + timedelta(days=pattern.every_days)


def _span(day: date, pattern: DatePattern) -> Span:
    """From when until when."""
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(pattern.start))).astimezone(UTC)
    return starts, starts + timedelta(minutes=pattern.minutes)
