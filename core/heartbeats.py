"""When what runs by the clock last came to its end, and when a worker last did something.

A command that is run again and again calls ``beat`` when it is through, and its room says in ``RHYTHMS`` how late it
may be. ``manage.py doctor`` reads them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django_tasks import task

from core.registry import Registry

WORKER = "db_worker"
DAY = timedelta(hours=30)  # a daily run is now and then some hours late
OFTEN = timedelta(minutes=30)


class Heartbeat(models.Model):
    """The last time that something was through."""

    changes_pages = False
    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A command that is run by the clock."""

    command: str
    late_after: timedelta = DAY


RHYTHMS: Registry[Rhythm] = Registry("what is run by the clock", taken_by="core")


def beat(name: str) -> None:
    """Note that ``name`` is through."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def last(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


@task()
def worker_is_there() -> None:
    """Done by whatever does tasks: that it was is the news."""
    beat(WORKER)


def ask_the_worker() -> None:
    """Have the worker say that it is there; a question that it has not answered yet is not asked again."""
    backend = worker_is_there.get_backend()
    if backend.supports_defer and not _is_asked():
        worker_is_there.enqueue()


def _is_asked() -> bool:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 (models load later than this)

    return DBTaskResult.objects.ready().filter(task_path=worker_is_there.module_path).exists()
