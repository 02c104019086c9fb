"""What search does in the background."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from search import queue
from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)


@task()
def drain_queue() -> int:
    """Bring the queue to the index. Never raises: what fails stays queued and is said in the log.

    While the engine is away it is tried again every minute, where there is a worker that can wait.
    """
    try:
        return queue.drain()
    except EngineUnavailable as error:
        logger.warning("The search index could not be brought up to date: %s", error)
        try_again()
    except Exception:
        logger.exception("The search queue could not be drained; its rows stay.")
    return 0


def try_again() -> None:
    """Ask for another drain in a minute, once however many fail until then."""
    if drain_queue.get_backend().supports_defer and cache.add("search.retry", True, RETRY.total_seconds()):
        drain_queue.using(run_after=timezone.now() + RETRY).enqueue()
