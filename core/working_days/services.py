"""The working calendar of the hub or of a region, and the import of bank holidays."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from core.text import one_line
from core.working_days.calendar import WorkingCalendar
from core.working_days.choices import HOME_REGIONS
from core.working_days.models import GOV_UK, ClosedDay, WorkingHours

OURS = Path(__file__).with_name("bank-holidays.json")
REGIONS = [region for region, _name in HOME_REGIONS]
days_imported = Signal()
"""Sent in the transaction in which closed days were added in bulk, for which Django sends no signal."""
LARGEST = 2_000_000  # bytes; GOV.UK's list has some thirty thousand


def working_calendar(region: str = "") -> WorkingCalendar:
    """The working days and hours of the hub, or the hub's hours with the closed days of another ``region``."""
    hours = WorkingHours.load()
    closed = frozenset(ClosedDay.of(region or hours.region).values_list("date", flat=True))
    return WorkingCalendar(get_default_timezone(), closed, hours.opens, hours.closes)


def closed_days(first: date, last: date) -> dict[date, str]:
    """The days from ``first`` to ``last`` on which nobody where the hub is need be expected, with their names."""
    days = ClosedDay.of(WorkingHours.load().region).filter(date__range=(first, last))
    return dict(days.values_list("date", "name"))


# -- the import --------------------------------------------------------------------------------------------------------
class ListError(Exception):
    """A list of bank holidays that cannot be read; the text says why."""


@dataclass(frozen=True)
class BankHolidays:
    """A list in the form in which GOV.UK publishes it (https://www.gov.uk/bank-holidays.json)."""

    as_of: date
    days: frozenset[tuple[date, str, str]]  # with their region and name


@dataclass(frozen=True)
class Imported:
    as_of: date
    new: int
    known: int
    until: date


def read_list(file: Path = OURS) -> BankHolidays:
    """ListError where it is no such list. It is of the day that it names in ``as_of``, or of the file's own day."""
    try:
        if file.stat().st_size > LARGEST:
            raise ListError(_("%(file)s is too large to be a list of bank holidays.") % {"file": file})
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    except OSError as error:
        raise ListError(_("%(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}) from error
    except (ValueError, RecursionError) as error:
        raise ListError(_("%(file)s holds no JSON: %(why)s.") % {"file": file, "why": error}) from error
    if not isinstance(content, dict) or not any(region in content for region in REGIONS):
        expected = {"file": file, "regions": ", ".join(REGIONS)}
        raise ListError(_("%(file)s is not GOV.UK’s list: it has none of %(regions)s.") % expected)
    as_of = _day(content["as_of"], "as_of") if "as_of" in content else changed
    return BankHolidays(as_of, frozenset(day for region in REGIONS for day in _days(content, region)))


def _days(content: dict[str, Any], region: str) -> Iterator[tuple[date, str, str]]:
    division = content.get(region, {"events": []})
    events = division.get("events") if isinstance(division, dict) else None
    if not isinstance(events, list):
        raise ListError(_("%(region)s has no list of events.") % {"region": region})
    for number, event in enumerate(events, start=1):
        where = f"{region}, {number}"
        title = one_line(event["title"])[:100] if isinstance(event, dict) and _is_text(event.get("title")) else ""
        if not title:
            raise ListError(_("%(where)s: the day has no title.") % {"where": where})
        yield _day(event.get("date"), where), region, title


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _day(written: object, where: str) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        detail = {"where": where, "written": written}
        raise ListError(_("%(where)s: “%(written)s” is no date such as 2026-12-25.") % detail) from error


@transaction.atomic
def import_list(found: BankHolidays) -> Imported:
    """Add the days that are missing. None is removed, because GOV.UK's list loses days as years go by, and none that
    the hub team changed is changed back.
    """
    regions = {(day, region): pk for pk, day, region in ClosedDay.objects.values_list("pk", "date", "region")}
    again = [pk for day, region, _name in found.days if (pk := regions.get((day, region)))]
    new = [
        ClosedDay(date=day, region=region, name=name, source=GOV_UK, as_of=found.as_of)
        for day, region, name in sorted(found.days)
        if (day, region) not in regions
    ]
    ClosedDay.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        days_imported.send(ClosedDay)
    ClosedDay.objects.filter(pk__in=again, source=GOV_UK, as_of__lt=found.as_of).update(as_of=found.as_of)
    until = max((day for day, _region, _name in found.days), default=found.as_of)
    return Imported(found.as_of, len(new), len(again), until)
