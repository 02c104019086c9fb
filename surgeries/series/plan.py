"""What becomes of each date when a pattern is made or changed: asked by the page that shows it and by what does it.

What was changed by hand stays as it is, and so does what people come to, unless whoever changes the pattern says
otherwise. Nothing of the past is touched.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from core.working_days.services import closed_days
from core.writing.merging import fingerprint
from surgeries.choices import Repeats
from surgeries.models import Pattern, Session
from surgeries.recurrence import Span, span

AHEAD = timedelta(days=183)
"""How far ahead dates are made."""
OF_PATTERN = ("starts", "ends", "place", "capacity")
WORDS = ("title", "summary", "body", "online_url")


class DateFate(Enum):
    """What becomes of a date."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    BACK = "back"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(slots=True)
class PlannedDate:
    """One date of the list. ``follows`` is what becomes of a kept one where whoever decides wants it so."""

    day: date
    starts: datetime
    ends: datetime
    fate: DateFate
    session: Session | None = None
    closed: str = ""
    why: str = ""
    ticked: bool = True
    follows: DateFate | None = None
    to: "PlannedDate | None" = None  # what it would be, where it follows

    @property
    def is_offered(self) -> bool:
        """Whether there is a box to untick."""
        return self.fate is DateFate.NEW

    @property
    def is_kept(self) -> bool:
        return self.fate is DateFate.KEPT

    @property
    def is_dropped(self) -> bool:
        return self.fate is DateFate.DROPPED

    @property
    def moves(self) -> bool:
        """Whether it goes to another day where it follows."""
        return self.follows is DateFate.MOVED

    @property
    def gives_up(self) -> bool:
        """Whether it is cancelled where it follows."""
        return self.follows is DateFate.DROPPED

    @property
    def was(self) -> datetime | None:
        """When it would have been, where that changes."""
        changes = (
            self.fate in (DateFate.CHANGED, DateFate.MOVED) and self.session and self.session.starts != self.starts
        )
        return self.session.starts if changes and self.session else None


@dataclass(slots=True)
class Plan:
    """All the dates, in order of time."""

    last: date
    rows: list[PlannedDate] = field(default_factory=list)
    goes_on: bool = False
    """Whether its pattern makes more dates after ``last``."""

    @property
    def seen(self) -> str:
        """What the form keeps, to say later whether the list is still the one that was shown."""
        said = {
            f"{row.starts:%Y%m%d%H%M}-{row.session.pk if row.session else ''}": f"{row.fate} {row.ends} {row.why}"
            for row in self.rows
        }
        return fingerprint(said)

    @property
    def drops(self) -> bool:
        """Whether dates are given up, now or where whoever decides says so."""
        return any(DateFate.DROPPED in (row.fate, row.follows) for row in self.rows)

    @property
    def follow(self) -> list[PlannedDate]:
        """The kept ones that could follow."""
        return [row for row in self.rows if row.follows]


def horizon(first: date, today: date) -> date:
    """Up to which day dates are made: some months ahead, counted from the first day where that is later."""
    return max(first, today) + AHEAD


def plan_of(pattern: Pattern, before: Pattern | None) -> Plan:
    """``pattern`` as it shall be; ``before`` as it is, with its dates, or None where it is new."""
    now, today = timezone.now(), timezone.localdate()
    last = horizon(pattern.first, today)
    if before and before.made_until:
        last = max(last, before.made_until)
    ours = _sessions_of(before) if before else []
    to_come = [one for one in ours if one.starts > now]
    past = {one.pattern_date for one in ours if one.starts <= now}
    wanted = {day: span(day, pattern.begins, pattern.ends) for day in pattern.rule.dates(today, last)}
    wanted = {day: when for day, when in wanted.items() if when[0] > now and day not in past}
    found = [_row(one, pattern, before, wanted) for one in to_come if before]
    rows = [row for row in found if row]
    rows += _new_rows(before, wanted, {one.pattern_date for one in to_come})
    _mark_closed(rows, pattern)
    _mark_decided(rows, pattern, before)
    _pair(rows, pattern)
    goes_on = pattern.repeats != Repeats.BY_HAND and (pattern.until is None or pattern.until > last)
    return Plan(last, sorted(rows, key=lambda row: (row.starts, row.session.pk if row.session else 0)), goes_on)


def _sessions_of(pattern: Pattern) -> list[Session]:
    found = pattern.dates.select_related("surgery").annotate(helpers=Count("mentor_links"))
    return list(found.order_by("starts", "pk"))


def product(pattern: Pattern, day: date) -> dict[str, Any]:
    """What the pattern says of the date of ``day``."""
    starts, ends = span(day, pattern.begins, pattern.ends)
    return {"starts": starts, "ends": ends, "place": pattern.place, "capacity": pattern.capacity}


def by_hand(session: Session, pattern: Pattern) -> str:
    """How somebody changed it, in words; empty where it is as its pattern says."""
    if session.is_withdrawn:
        return ""
    if session.withdrawn:
        return _("It was put back by hand.")
    if session.is_cancelled:
        return session.note or _("It is cancelled.")
    if session.pattern_date is None:
        return _("It was put in by hand.")
    made = product(pattern, session.pattern_date)
    if session.starts != made["starts"]:
        return _("It was moved by hand.")
    own_words = any(getattr(session, name) for name in WORDS)
    differs = any(getattr(session, name) != made[name] for name in OF_PATTERN)
    return _("It was changed by hand.") if own_words or differs or session.note else ""


def held_by(session: Session) -> str:
    """Who counts on it, in words; empty where nobody does."""
    number = getattr(session, "helpers", 0)
    return ngettext("%(n)d person helps there.", "%(n)d people help there.", number) % {"n": number} if number else ""


def _row(session: Session, pattern: Pattern, before: Pattern | None, wanted: Mapping[date, Span]) -> PlannedDate | None:
    if before is None or session.pattern_date is None:
        return None
    day = session.pattern_date
    stays = PlannedDate(day, session.starts, session.ends, DateFate.KEPT, session)
    if pattern.repeats == Repeats.BY_HAND:
        return None if session.is_withdrawn else stays
    if session.is_withdrawn:
        return PlannedDate(day, *wanted[day], DateFate.BACK, session) if day in wanted else None
    if why := by_hand(session, before):
        stays.why = why
        return stays
    if day not in wanted:
        fate = DateFate.DROPPED
    elif all(getattr(session, name) == value for name, value in product(pattern, day).items()):
        fate = DateFate.SAME
    else:
        fate = DateFate.CHANGED
    if fate is not DateFate.SAME and (why := held_by(session)):
        stays.why, stays.follows = why, fate
        stays.to = PlannedDate(day, *wanted[day], fate, session) if day in wanted else None
        return stays
    return PlannedDate(day, *wanted.get(day, (session.starts, session.ends)), fate, session)


def _new_rows(before: Pattern | None, wanted: Mapping[date, Span], there: Collection[date | None]) -> list[PlannedDate]:
    missing = _missing_of(before) if before else {}
    days = [(day, when) for day, when in wanted.items() if day not in there]
    return [
        PlannedDate(day, *when, DateFate.NEW, why=missing.get(day, ""), ticked=day not in missing) for day, when in days
    ]


def _missing_of(pattern: Pattern) -> dict[date, str]:
    """The days of a pattern that were left out, or taken out in the editor once they were made, and why."""
    made = pattern.rule.dates(timezone.localdate(), pattern.made_until) if pattern.made_until else []
    taken_out = {day: _("It was taken out in the editor.") for day in made}
    return {**taken_out, **dict(pattern.left_out.values_list("date", "why"))}


def _mark_closed(rows: list[PlannedDate], pattern: Pattern) -> None:
    days = [timezone.localdate(row.starts) for row in rows]
    names = closed_days(min(days), max(days)) if days else {}
    for row, day in zip(rows, days, strict=True):
        row.closed = names.get(day, "")
        if row.closed and row.fate is DateFate.NEW and not pattern.on_closed_days:
            row.ticked = False


def _mark_decided(rows: list[PlannedDate], pattern: Pattern, before: Pattern | None) -> None:
    """A week or a month whose date somebody moved, cancelled or left out by hand gets another one only if it is ticked:
    it would be held twice, or after all.
    """
    period = pattern.rule.period
    kept = [(row.day, row.starts) for row in rows if row.is_kept and not row.follows]
    decided = {period(day): _("%(day)s is kept as it is.") % {"day": _in_full(starts)} for day, starts in kept}
    for day in before.left_out.filter(why="").values_list("date", flat=True) if before else ():
        decided.setdefault(period(day), _("%(day)s was left out.") % {"day": _in_full(day)})
    for row in rows:
        if row.fate is DateFate.NEW and row.ticked and period(row.day) in decided:
            row.ticked, row.why = False, decided[period(row.day)]


def _in_full(day: date) -> str:
    return date_format(timezone.localtime(day) if isinstance(day, datetime) else day, "l j F")


def _pair(rows: list[PlannedDate], pattern: Pattern) -> None:
    """A date that the pattern gives up is moved to its new date of the same week or month, where there is one: who has
    it in a calendar sees it move.
    """
    rule = pattern.rule
    new = {rule.period(row.day): row for row in rows if row.fate is DateFate.NEW and row.ticked}
    for row in [row for row in rows if DateFate.DROPPED in (row.fate, row.follows)]:
        if (to := new.pop(rule.period(row.day), None)) is None:
            continue
        if row.fate is DateFate.KEPT:
            row.follows, row.to = DateFate.MOVED, to
        else:
            rows.remove(to)
            row.day, row.starts, row.ends, row.fate = to.day, to.starts, to.ends, DateFate.MOVED
