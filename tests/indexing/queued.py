"""What waits for the index, as the tests look at it."""

from collections.abc import Sequence
from typing import Any

from django_tasks_db.models import DBTaskResult

from core.outbox import Delivery, claims
from core.outbox.consumers import Consumer, consumer_called
from core.outbox.tasks import drain_consumer
from indexing import queue


def consumer() -> Consumer:
    return consumer_called(queue.CONSUMER)


def queued(key: str | None = None) -> Any:
    """What waits: all of it, or one thing."""
    rows = Delivery.objects.to(queue.CONSUMER).waiting()
    return rows if key is None else rows.filter(subject=key)


def forget() -> None:
    """Let nothing wait for the index."""
    queued().delete()


def claim() -> Sequence[Delivery]:
    return claims.claim(consumer())


def drain() -> int:
    """What the worker does when it is asked."""
    return drain_consumer.call(queue.CONSUMER)


def drains() -> Any:
    """Who was asked to bring what waits."""
    asked = DBTaskResult.objects.filter(task_path=drain_consumer.module_path)
    return asked.filter(args_kwargs__args=[queue.CONSUMER])
