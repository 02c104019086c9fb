"""Whether the bank holidays reach far enough."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from core.doctor import Complaint
from core.working_days.models import GOV_UK, ClosedDay

AHEAD = timedelta(days=60)


def closed_days() -> Iterator[Complaint]:
    until = ClosedDay.objects.filter(source=GOV_UK).aggregate(day=Max("date"))["day"]
    if until is None or until < timezone.localdate() + AHEAD:
        said = f"The bank holidays are known until {until:%d %B %Y} only." if until else "No bank holidays are known."
        yield Complaint(
            said,
            "Fetch https://www.gov.uk/bank-holidays.json and run “manage.py import_closed_days FILE”.",
            is_grave=False,
        )
