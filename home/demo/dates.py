"""When the demo's sessions are, counted from today."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from home.demo.shapes import Pattern

Span = tuple[datetime, datetime]


def spans(pattern: Pattern, now: datetime) -> tuple[list[Span], list[Span]]:
    """The dates that are over (or just going on) and those to come, each list in order of time.

    A session begins at the same hour on the wall whatever the season, and lasts as long as it says even in the night
    that the clocks change.
    """
    first = first_to_come(pattern, now)
    step = timedelta(days=pattern.every_days)
    past = [first - step * n for n in range(pattern.past, 0, -1)]
    upcoming = [first + step * n for n in range(pattern.upcoming)]
    return [span(day, pattern.start, pattern.minutes) for day in past], [
        span(day, pattern.start, pattern.minutes) for day in upcoming
    ]


def first_to_come(pattern: Pattern, now: datetime) -> date:
    """The next day of the pattern whose session has not begun."""
    today = timezone.localdate(now)
    day = today + timedelta(days=(pattern.weekday - today.weekday()) % 7)
    return day if span(day, pattern.start, pattern.minutes)[0] > now else day + timedelta(days=pattern.every_days)


def span(day: date, start: str, minutes: int) -> Span:
    """From when until when."""
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(start))).astimezone(UTC)
    return starts, starts + timedelta(minutes=minutes)
