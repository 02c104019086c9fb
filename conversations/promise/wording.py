"""The promise in words: by which day, and why not sooner."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, ngettext

Closed = Sequence[object]  # a day, its name, and whether it is a bank holiday
NEAR = 6  # days ahead, within which the name of a weekday is enough
NAMED = 3  # days that are named one by one


def by_when(too_late: datetime, closed: Sequence[Closed] = (), today: date | None = None) -> str:
    """“by the end of Tuesday, because Friday and Monday are bank holidays”; ``too_late`` is the moment after that."""
    today = today or local_day(timezone.now())
    words = _("by the end of %(day)s") % {"day": day_in_words(last_day(too_late), today)}
    if not closed:
        return words
    return _("%(by)s, because %(why)s") % {"by": words, "why": why_closed(closed, today)}


def last_day(too_late: datetime) -> date:
    return local_day(too_late - timedelta(microseconds=1))


def local_day(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def day_in_words(day: date, today: date) -> str:
    """As one says it ``today``. The name of a weekday alone is one that comes: of a past one it would be taken for the
    next. The year is said where it is a past one; what is promised is never far ahead.
    """
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if 0 < (day - today).days <= NEAR:
        return date_format(day, "l")
    return date_format(day, "l j F Y" if day.year < today.year else "l j F")


def why_closed(closed: Sequence[Closed], today: date) -> str:
    """“Friday and Monday are bank holidays”. A day on which only this body is closed is said with its name."""
    days = [(date.fromisoformat(str(day)), str(name)) for day, name, _is_bank in closed]
    if len(days) > NAMED:
        return _("%(n)d days between are no working days") % {"n": len(days)}
    if all(is_bank for _day, _name, is_bank in closed):
        names = get_text_list([day_in_words(day, today) for day, _name in days], _("and"))
        return ngettext("%(days)s is a bank holiday", "%(days)s are bank holidays", len(days)) % {"days": names}
    both = [_("%(day)s (%(name)s)") % {"day": day_in_words(day, today), "name": name} for day, name in days]
    words = ngettext("%(days)s is no working day", "%(days)s are no working days", len(days))
    return words % {"days": get_text_list(both, _("and"))}


def clause(days: int) -> str:
    """How long it may take."""
    return ngettext("one working day", "%(n)d working days", days) % {"n": days}
