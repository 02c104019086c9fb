"""The arithmetic of the promise. Knows no database.

A working day counts where the clock runs when it ends: one at whose end the question waits for whoever asked does not.
So a wait is made good in working days, whenever it begins, and two of them never count twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from core.working_days.calendar import DAY, WorkingCalendar


@dataclass(frozen=True, slots=True)
class ClockPause:
    """From when until when a clock stood still; without an end it still does."""

    since: datetime
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.since < moment and (self.until is None or moment <= self.until)


def due_day(calendar: WorkingCalendar, asked: datetime, days: int, waits: Sequence[ClockPause] = ()) -> date | None:
    """The last day on which it is in time, ``days`` working days after ``asked``, which counts from the day after.

    ``None`` while the clock stands still before that. None of the days is that of asking, working day or not.
    """
    day = calendar.local_day(asked)
    while days > 0:
        day = calendar.following(day)
        end = calendar.at(day + DAY, time())
        wait = next((each for each in waits if each.holds(end)), None)
        if wait is None:
            days -= 1
        elif wait.until is None:
            return None
    return day


def half_day(calendar: WorkingCalendar, asked: datetime, days: int, waits: Sequence[ClockPause] = ()) -> date | None:
    """The day on which half of the working days are over, rounded down: of a single one, that of asking."""
    return due_day(calendar, asked, days // 2, waits)


def too_late(calendar: WorkingCalendar, day: date) -> datetime:
    """The first moment after ``day``."""
    return calendar.at(day + DAY, time())


def closed_between(calendar: WorkingCalendar, first: date, last: date, known: Iterable[date]) -> list[date]:
    """The days that are closed after ``first`` and before ``last``, weekends aside: why it takes longer."""
    return sorted(day for day in known if first < day < last and day in calendar.closed and day.weekday() < 5)
