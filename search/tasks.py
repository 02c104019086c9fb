"""What search does in the background."""

import logging

from django_tasks import task

from search import queue

logger = logging.getLogger(__name__)


@task()
def drain_queue() -> int:
    """Bring the queue to the index. Never raises: what fails stays queued and is said in the log."""
    try:
        return queue.drain()
    except Exception:
        logger.exception("The search queue could not be drained; its rows stay.")
        return 0
