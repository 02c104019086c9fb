"""What is deleted on a condition is deleted only where the condition still holds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.signals import pre_delete

from core.row_locks import delete_locked
from search.models import LoggedQuery

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def forgotten(db: Any) -> Any:
    if connection.vendor != "postgresql":
        pytest.skip("two connections at once need PostgreSQL")
    return LoggedQuery.objects.create(text="bees", times=1)


@contextmanager
def somebody_asks_again_meanwhile() -> Iterator[None]:
    """Another process counts the question once more, after the rows were collected and before they are deleted."""

    def ask() -> None:
        LoggedQuery.objects.bulk_create(
            [LoggedQuery(text="bees", times=2)], update_conflicts=True, unique_fields=["text"], update_fields=["times"]
        )
        connections.close_all()

    asking = threading.Thread(target=ask)

    def before_delete(**_kwargs: Any) -> None:
        asking.start()
        asking.join(timeout=0.5)  # over at once where nothing holds it, and else after the commit

    pre_delete.connect(before_delete, sender=LoggedQuery)
    try:
        yield
    finally:
        pre_delete.disconnect(before_delete, sender=LoggedQuery)
        asking.join(timeout=10)


def still_there(delete: Callable[[], Any]) -> bool:
    with somebody_asks_again_meanwhile():
        delete()
    return LoggedQuery.objects.filter(text="bees", times=2).exists()


def test_djangos_delete_loses_what_changed_in_between(forgotten):
    """If this fails, the test below proves nothing."""
    assert not still_there(LoggedQuery.objects.filter(text="bees", times=1).delete)


def test_a_row_that_somebody_changes_in_between_stays(forgotten):
    assert still_there(lambda: delete_locked(LoggedQuery.objects.filter(text="bees", times=1)))


def test_what_the_condition_holds_for_goes(forgotten):
    assert delete_locked(LoggedQuery.objects.filter(times=1)) == 1
    assert not LoggedQuery.objects.exists()
