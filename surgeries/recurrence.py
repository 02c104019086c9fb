"""The days of a pattern, and the moments that a clock on the wall shows on them. Knows no database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil import rrule
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.working_days.choices import Weekday
from surgeries.choices import LAST_DAY, Nth, Repeats

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """Which days. ``weekday`` counts from Monday; ``nth`` and ``day`` count from the month's end where they are -1."""

    repeats: str
    first: date
    until: date | None
    weekday: int
    nth: int
    day: int

    def dates(self, start: date, last: date) -> list[date]:
        """The days from ``start`` to ``last``, both included."""
        if self.repeats == Repeats.BY_HAND:
            return []
        begin, end = max(start, self.first), min(last, self.until or last)
        if begin > end:
            return []
        found = self._recurrence().between(_midnight(begin), _midnight(end), inc=True)
        return [moment.date() for moment in found]

    def _recurrence(self) -> rrule.rrule:
        """What a month does not have is left out: there is no 31 April, and no fifth Tuesday in most months."""
        begin = _midnight(self.first)
        if self.repeats == Repeats.NTH:
            return rrule.rrule(rrule.MONTHLY, dtstart=begin, byweekday=rrule.weekday(self.weekday, self.nth))
        if self.repeats == Repeats.MONTHLY:
            return rrule.rrule(rrule.MONTHLY, dtstart=begin, bymonthday=self.day)
        # Weeks are counted from the first such day, not from the Monday before ``first``.
        begin += timedelta(days=(self.weekday - self.first.weekday()) % 7)
        return rrule.rrule(rrule.WEEKLY, dtstart=begin, interval=2 if self.repeats == Repeats.FORTNIGHTLY else 1)

    def period(self, day: date) -> tuple[int, int]:
        """The week or the month of ``day``: where a pattern changes, a date is moved within it."""
        if self.repeats in (Repeats.WEEKLY, Repeats.FORTNIGHTLY):
            return day.isocalendar()[:2]
        return day.year, day.month


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def span(day: date, begins: time, ends: time) -> Span:
    """From when until when, by the clock on the wall where the hub is.

    A time that the clock leaves out in spring is the one that it shows instead, and the session keeps its length.
    """
    starts, finishes = _at(day, begins), _at(day, ends)
    if timezone.localtime(starts).time() != begins or finishes <= starts:
        finishes = starts + (datetime.combine(day, ends) - datetime.combine(day, begins))
    return starts, finishes


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


def in_words(rule: RecurrenceRule) -> str:
    """Such as: every second Tuesday, or the last Thursday of the month."""
    weekday = str(Weekday(rule.weekday).label)
    if rule.repeats == Repeats.WEEKLY:
        return _("Every %(weekday)s") % {"weekday": weekday}
    if rule.repeats == Repeats.FORTNIGHTLY:
        return _("Every second week on %(weekday)s") % {"weekday": weekday}
    if rule.repeats == Repeats.NTH:
        nth = str(Nth(rule.nth).label).split(",")[0]
        return _("%(nth)s %(weekday)s of the month") % {"nth": nth, "weekday": weekday}
    if rule.repeats == Repeats.MONTHLY and rule.day == LAST_DAY:
        return _("The last day of each month")
    if rule.repeats == Repeats.MONTHLY:
        return _("Each month on the %(day)s") % {"day": date_format(date(2000, 1, rule.day), "jS")}
    return _("By hand")
