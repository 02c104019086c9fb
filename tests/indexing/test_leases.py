"""Whoever brings something to the index holds it for as long as that takes, and no longer."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections

from core.outbox import Delivery, consumers, draining
from indexing import engines, queue
from tests.indexing.queued import claim, queued

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def something_gone(db: Any, monkeypatch: Any) -> None:
    """A thing to take out of the index, which takes more than two leases."""
    if connection.vendor != "postgresql":
        pytest.skip("two connections at once need PostgreSQL")
    monkeypatch.setattr(consumers, "LEASE", timedelta(seconds=1.5))
    monkeypatch.setattr(type(engines.engine()), "remove", lambda self, keys: time.sleep(4))
    Delivery.objects.create(consumer=queue.CONSUMER, subject="people.user:0", kind=queue.CHANGED)


def claimed_meanwhile() -> list[Any]:
    """What somebody else could take while the row is being brought."""
    taken: list[Any] = []

    def look() -> None:
        time.sleep(3)
        taken.extend(claim())
        connections.close_all()

    other = threading.Thread(target=look)
    other.start()
    queue.drain()
    other.join()
    return taken


def test_what_takes_longer_than_a_lease_stays_ours(something_gone):
    assert claimed_meanwhile() == []
    assert not queued().exists()


def test_without_a_sign_of_life_it_is_taken_over(something_gone, monkeypatch):
    """If this fails, the test above proves nothing."""
    monkeypatch.setattr(draining, "_keep_renewing", lambda consumer, rows, over: None)
    assert [row.subject for row in claimed_meanwhile()] == ["people.user:0"]
