"""Whoever brings something to the index holds it for as long as that takes, and no longer."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections

from core.outbox import Delivery, consumers, draining
from indexing import engines, queue
from tests.indexing.queued import claim, queued

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
LEASE = 3.0  # seconds
PATIENCE = 60  # seconds


@pytest.fixture
def claimed_meanwhile(db: Any, monkeypatch: Any) -> Callable[[], list[Any]]:
    """What somebody else can take while a thing is taken out of the index, after more than a lease. Each waits for the
    other, so that a busy machine changes nothing."""
    if connection.vendor != "postgresql":
        pytest.skip("two connections at once need PostgreSQL")
    being_brought, looked = Event(), Event()

    def remove(engine: Any, keys: Any) -> None:
        being_brought.set()
        looked.wait(PATIENCE)

    def look() -> list[Any]:
        try:
            being_brought.wait(PATIENCE)
            time.sleep(LEASE * 1.3)
            return list(claim())
        finally:
            looked.set()
            connections.close_all()

    def claimed() -> list[Any]:
        with ThreadPoolExecutor(1) as other:
            taken = other.submit(look)
            queue.drain()
            return taken.result()

    monkeypatch.setattr(consumers, "LEASE", timedelta(seconds=LEASE))
    monkeypatch.setattr(type(engines.engine()), "remove", remove)
    Delivery.objects.create(consumer=queue.CONSUMER, subject="people.user:0", kind=queue.CHANGED)
    return claimed


def test_what_takes_longer_than_a_lease_stays_ours(claimed_meanwhile):
    assert claimed_meanwhile() == []
    assert not queued().exists()


def test_without_a_sign_of_life_it_is_taken_over(claimed_meanwhile, monkeypatch):
    """If this fails, the test above proves nothing."""
    monkeypatch.setattr(draining, "_keep_renewing", lambda consumer, rows, over: None)
    assert [row.subject for row in claimed_meanwhile()] == ["people.user:0"]
