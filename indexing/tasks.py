"""What search does in the background."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from indexing import queue
from indexing.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)
SLACK = timedelta(seconds=5)


def start_draining() -> None:
    """Ask for the queue to be drained."""
    drain_queue.enqueue()


def are_kept() -> bool:
    """Whether tasks stand in a table until a worker comes, and may be asked for later. Otherwise they run at once."""
    return bool(drain_queue.get_backend().supports_defer)


@task()
def drain_queue() -> int:
    """Bring the queue to the index. Never raises: what fails stays queued and is said in the log.

    While the engine is away it is tried again every minute, where there is a worker that can wait. So it is, once the
    lease is over, after whatever was begun: a worker that is killed with rows in its hands says nothing.
    """
    try:
        if queue.is_anything_there():
            try_again(queue.LEASE + SLACK, "indexing.look_after")
        return queue.drain()
    except EngineUnavailable as error:
        logger.warning("The search index could not be brought up to date: %s", error)
        try_again()
    except Exception:
        logger.exception("The search queue could not be drained; its rows stay.")
    return 0


def try_again(after: timedelta = RETRY, key: str = "indexing.retry") -> None:
    """Ask for another drain later, once however many ask for it until then."""
    if are_kept() and cache.add(key, True, after.total_seconds()):
        drain_queue.using(run_after=timezone.now() + after).enqueue()
