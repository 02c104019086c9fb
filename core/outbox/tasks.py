"""The outbox in the background: one task for each consumer that has something to do."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from core.after_commit import once_after_commit, once_with_commit
from core.outbox.claims import free
from core.outbox.consumers import CONSUMERS, Consumer, asking_for, consumer_called
from core.outbox.draining import drain
from core.outbox.models import Delivery

logger = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)
SLACK = timedelta(seconds=5)


@task()
def drain_consumer(name: str) -> int:
    """Bring what is due to one consumer by now. Never raises: what fails stays, and is said in the log. What comes
    meanwhile has asked for a turn of its own: where many write, no consumer keeps the worker from the others.

    While what the consumer writes to is away it is tried again every minute, where there is a worker that can wait. So
    it is, once the lease is over, after whatever was begun: a worker that is killed with deliveries in its hands says
    nothing.
    """
    consumer = consumer_called(name)
    try:
        if Delivery.objects.to(name).waiting().exists():
            try_again(consumer, consumer.held_for() + SLACK, "look after")
            _take_along(name)
        began = timezone.now()
        done = drain(name, began)
        _wait_for_the_next(consumer)
    except consumer.unavailable as error:
        logger.warning("%s has to wait: %s", name, error)
        try_again(consumer, RETRY)
    except Exception:
        logger.exception("%s could not be drained; its deliveries stay.", name)
    else:
        return done
    return 0


def _take_along(name: str) -> None:
    """Whoever asked the same until now has what they ask for brought by this drain: their events are committed, and it
    has not begun. Fifty people who write in a second ask fifty times.
    """
    if are_kept():
        alike = {"task_path": drain_consumer.module_path, "args_kwargs": {"args": [name], "kwargs": {}}}
        DBTaskResult.objects.ready().filter(**alike).delete()


def _wait_for_the_next(consumer: Consumer) -> None:
    """Come back when what failed is due, and what can wait."""
    now = timezone.now()
    can_wait = Q(attempts=0, claimed_until=None, due__gt=now)
    due = (
        Delivery.objects.to(consumer.name)
        .waiting()
        .aggregate(retry=Min("due", filter=Q(attempts__gt=0)), settle=Min("due", filter=can_wait))
    )
    for why, moment in due.items():
        if moment is not None:
            try_again(consumer, max(moment - now, SLACK), why)


def ask(name: str) -> None:
    """Ask for a consumer's deliveries to be brought."""
    drain_consumer.using(priority=consumer_called(name).priority).enqueue(name)


def ask_with_commit(consumer: Consumer) -> None:
    """Where tasks stand in the database, the asking is committed with the event: a process that is killed right after
    the commit has asked all the same. Where they run at once, they wait for the commit.
    """
    (once_with_commit if are_kept() else once_after_commit)(asking_for(consumer, ask))


def ask_within(consumer: Consumer, within: timedelta) -> None:
    """Ask, with the commit, for what can wait so long: once for all that comes meanwhile."""
    if not within or not are_kept():
        ask_with_commit(consumer)
    elif not cache.get(key := _key(consumer, "within")):
        _later(consumer, within)
        transaction.on_commit(lambda: cache.set(key, True, within.total_seconds()), robust=True)


def are_kept() -> bool:
    """Whether tasks stand in a table until a worker comes, and may be asked for later. Otherwise they run at once."""
    return bool(drain_consumer.get_backend().supports_defer)


def ask_for_the_rest() -> int:
    """Ask for whatever is due and in nobody's hands; how many consumers have such. A worker that was killed between
    taking its task and its first claim left no word. ``publish_scheduled`` calls this every five minutes.
    """
    found = [consumer for consumer in CONSUMERS if free(consumer, timezone.now()).exists()]
    for consumer in found:
        ask_with_commit(consumer)
    return len(found)


def try_again(consumer: Consumer, after: timedelta, why: str = "unavailable") -> None:
    """Ask for another drain later, once however many ask for it until then."""
    if are_kept() and cache.add(_key(consumer, why), True, after.total_seconds()):
        _later(consumer, after)


def _later(consumer: Consumer, after: timedelta) -> None:
    drain_consumer.using(priority=consumer.priority, run_after=timezone.now() + after).enqueue(consumer.name)


def _key(consumer: Consumer, why: str) -> str:
    return f"outbox.{why}.{consumer.name}".replace(" ", "-")
