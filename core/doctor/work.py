"""What works by itself: the worker, the outbox, and what is run by the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from core.doctor import Complaint
from core.heartbeats import OFTEN, RHYTHMS, WORKER, last
from core.outbox import Delivery

PATIENCE = timedelta(minutes=15)
STUCK = timedelta(hours=2)


def worker() -> Iterator[Complaint]:
    """Nobody waits for a task longer than a quarter of an hour, and the worker answers when it is asked."""
    if not settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
        return
    now = timezone.now()
    oldest = _oldest_waiting(now)
    start = "Start “manage.py db_worker”, and let the system’s service manager keep it running."
    if oldest and now - oldest > PATIENCE:
        yield Complaint(f"No worker runs: the oldest task has waited for {_span(now - oldest)}.", start)
    elif (seen := last(WORKER)) and now - seen > OFTEN and _is_late("publish_scheduled") is False:
        yield Complaint(f"The worker last said that it is there {_span(now - seen)} ago.", start)
    held = DBTaskResult.objects.running().filter(started_at__lt=now - STUCK).count()
    if held:
        yield Complaint(
            f"{held} tasks began more than two hours ago and did not end: a worker was killed, or hangs.",
            "Restart the worker. What they were to do stays in the outbox and is done anew.",
            is_grave=False,
        )


def _oldest_waiting(now: datetime) -> datetime | None:
    """Since when the task that has waited longest could have been done."""
    ready = DBTaskResult.objects.ready()
    soon = ready.filter(run_after=get_date_max()).aggregate(at=Min("enqueued_at"))["at"]
    later = ready.filter(run_after__lte=now).aggregate(at=Min("run_after"))["at"]
    return min(filter(None, (soon, later)), default=None)


def outbox() -> Iterator[Complaint]:
    """What happened reaches whoever is to hear of it."""
    if aside := Delivery.objects.poison().count():
        yield Complaint(
            f"{aside} events were set aside, because nothing could be done with them.",
            "“manage.py outbox list” says why. Mend the cause, then “manage.py outbox retry”.",
        )
    now = timezone.now()
    oldest = Delivery.objects.waiting().filter(due__lt=now - PATIENCE).aggregate(at=Min("due"))["at"]
    if oldest:
        yield Complaint(
            f"Events wait that were due {_span(now - oldest)} ago: e-mails, or the search index, are behind.",
            "See that the worker runs; “manage.py outbox list --all” says what they wait for.",
        )


def rhythms() -> Iterator[Complaint]:
    """What is run by the clock was run. A hub that is younger than that is not blamed."""
    if not settings.IN_PRODUCTION:
        return
    for given in RHYTHMS.contributions():
        if _is_late(given.name):
            seen = last(given.name)
            when = f"has not come to its end for {_span(timezone.now() - seen)}" if seen else "has never been run"
            yield Complaint(
                f"“manage.py {given.value.command}” {when}.",
                "Have it run by cron or a timer: docs/operators.md, “By the clock”.",
            )


def _is_late(name: str) -> bool:
    rhythm = RHYTHMS.get(name)
    since = last(name) or _birth()
    return bool(rhythm and since and timezone.now() - since > rhythm.late_after)


def _birth() -> datetime | None:
    """When the first migration was applied here."""
    born: datetime | None = MigrationRecorder.Migration.objects.aggregate(at=Min("applied"))["at"]
    return born


def _span(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
