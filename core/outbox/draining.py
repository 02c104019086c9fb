"""Brings deliveries to their consumers."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connection

from core.outbox import claims
from core.outbox.consumers import Consumer, consumer_called
from core.outbox.models import Delivery

logger = logging.getLogger(__name__)


def drain(name: str, until: datetime | None = None) -> int:
    """Bring everything that is due to one consumer, or was ``until`` then; how many deliveries were consumed.

    What the consumer counts as ``unavailable`` is raised, and everything waits.
    """
    consumer = consumer_called(name)
    done = 0
    while rows := claims.claim(consumer, until):
        done += bring(consumer, rows)
    return done


def bring(consumer: Consumer, rows: Sequence[Delivery]) -> int:
    """Bring a claimed batch to its consumer. Where a batch fails, each delivery is brought by itself, so that one that
    cannot be consumed keeps no other from it.
    """
    try:
        with held(consumer, rows):
            consumer.handler(rows)
    except consumer.unavailable:
        claims.release(rows)
        raise
    except Exception as error:
        logger.exception("%s could not consume %s.", consumer.name, ", ".join(row.subject for row in rows[:5]))
        if len(rows) > 1:
            return _one_by_one(consumer, rows)
        claims.fail(rows[0], consumer, f"{type(error).__name__}: {error}")
        return 0
    except BaseException:
        claims.release(rows)
        raise
    return claims.settle(rows)


def _one_by_one(consumer: Consumer, rows: Sequence[Delivery]) -> int:
    done = 0
    with held(consumer, rows):
        for number, row in enumerate(rows):
            try:
                done += bring(consumer, [row])
            except BaseException:
                claims.release(rows[number + 1 :])
                raise
    return done


@contextmanager
def held(consumer: Consumer, rows: Sequence[Delivery]) -> Iterator[None]:
    """Within the block what is ours stays ours, however long it takes: a thread says that we are alive."""
    over = threading.Event()
    alive = threading.Thread(target=_keep_renewing, args=(consumer, rows, over), daemon=True)
    alive.start()
    try:
        yield
    finally:
        over.set()
        alive.join()


def _keep_renewing(consumer: Consumer, rows: Sequence[Delivery], over: threading.Event) -> None:
    while not over.wait(consumer.held_for().total_seconds() / 4):
        try:
            claims.renew(rows, consumer)
        except DatabaseError as error:  # the next time will do
            logger.warning("A lease of %s could not be renewed: %s", consumer.name, error)
        finally:
            connection.close()
