"""The day that a job description is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class ReferenceDay:
    """A day, and the moment that stands for it: now, or the last one of a day that is over."""

    day: date
    at: datetime
    is_today: bool = True

    @property
    def query(self) -> str:
        """What an address adds to keep to the day."""
        return "" if self.is_today else f"?on={self.day:%Y-%m-%d}"


def today() -> ReferenceDay:
    now = timezone.now()
    return ReferenceDay(timezone.localdate(now), now)


def day_of(text: str) -> tuple[ReferenceDay, str]:
    """The day that ``text`` names, or today with what is wrong with the text."""
    now = today()
    if not text:
        return now, ""
    try:
        named = parse_date(text)
    except ValueError:
        named = None
    if named is None:
        return now, _("“%(text)s” is no day. Write year, month and day, for example 2026-03-01.") % {"text": text[:40]}
    if named > now.day:
        return now, _("%(day)s has not come yet. Choose a day up to today.") % {"day": date_format(named, "j F Y")}
    if named < EARLIEST:
        return now, _("Choose a day from %(year)d on.") % {"year": EARLIEST.year}
    return (now if named == now.day else ReferenceDay(named, _last_moment(named), is_today=False)), ""


def _last_moment(day: date) -> datetime:
    """The last one that is still that day here, also in a night in which the clocks change."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)
