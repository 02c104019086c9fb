"""Arithmetic with working days. Knows no database.

The unit is the day. A day counts from the day after: what is asked on Thursday at 17:40 and is to be answered within
one working day is due when Friday ends, or Tuesday where Friday and Monday are closed. Spans are half-open: working
hours begin at ``opens`` and are over at ``closes``; a deadline is the first moment at which it is missed, the midnight
after its day, by the clock on the wall.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

WEEK = range(5)  # Monday to Friday
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days and hours of one region."""

    zone: tzinfo
    closed: frozenset[date] = frozenset()
    opens: time = time(9)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("Working hours must begin before they end.")

    def is_working(self, day: date) -> bool:
        return day.weekday() in WEEK and day not in self.closed

    def following(self, day: date) -> date:
        """The first working day after ``day``."""
        return next(one for one in _days_after(day) if self.is_working(one))

    def preceding(self, day: date) -> date:
        """The last working day before ``day``."""
        return next(one for one in _days_before(day) if self.is_working(one))

    def add(self, day: date, days: int) -> date:
        """The working day that is ``days`` after ``day``; ``day`` itself, closed or not, where that is none."""
        if days < 0:
            raise ValueError("Working days are added, not taken away.")
        for _each in range(days):
            day = self.following(day)
        return day

    def count(self, start: date, end: date) -> int:
        """How many working days come after ``start``, up to and with ``end``: ``count(day, add(day, n)) == n``."""
        span = range(1, (end - start).days + 1)
        return sum(self.is_working(start + timedelta(days=number)) for number in span)

    def deadline(self, moment: datetime, days: int) -> datetime:
        """When ``days`` working days after ``moment`` are over. On time is what happens before that."""
        if days < 1:
            raise ValueError("A deadline is at least one working day away.")
        return self.at(self.add(self.local_day(moment), days) + DAY, time())

    def is_open(self, moment: datetime) -> bool:
        """Whether ``moment`` is in working hours."""
        day = self.local_day(moment)
        return self.is_working(day) and self.at(day, self.opens) <= moment < self.at(day, self.closes)

    def next_open(self, moment: datetime) -> datetime:
        """``moment``, or the beginning of the next working hours where it is in none."""
        day = self.local_day(moment)
        if self.is_open(moment):
            return moment
        if not (self.is_working(day) and moment < self.at(day, self.opens)):
            day = self.following(day)
        return self.at(day, self.opens)

    def local_day(self, moment: datetime) -> date:
        """The date by the clock on the wall."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """The moment at which the clock on the wall shows this: the first, where it shows it twice, and where it never
        does, the one to which the clock is put forward.
        """
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC).astimezone(self.zone)


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += DAY
        yield day


def _days_before(day: date) -> Iterator[date]:
    while True:
        day -= DAY
        yield day
