"""What happens often to one thing is consumed now and then, and nobody keeps the worker from the others."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from conversations import services
from core import outbox
from core.outbox import Consumer, Delivery, claims
from core.outbox.consumers import CONSUMERS
from core.outbox.draining import drain
from core.outbox.tasks import drain_consumer
from indexing import queue
from indexing.documents import key_of
from tests.conversations.saying import answered, begun
from tests.indexing.queued import consumer as search, queued

pytestmark = pytest.mark.django_db
REST = queue.REST
GROWN = "tests.grown"


@pytest.fixture(autouse=True)
def _a_worker_that_has_not_begun(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    cache.clear()


@pytest.fixture
def now() -> Iterator[Any]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as moment:
        yield moment


@pytest.fixture
def brought() -> list[str]:
    return []


@pytest.fixture
def consumer(brought: list[str], now: Any) -> Iterator[Consumer]:
    def bring(rows: Any) -> None:
        brought.extend(row.subject for row in rows)

    yield outbox.add_consumer(Consumer("tests: grown", {GROWN}, bring, batch=10, coalesces=True))
    CONSUMERS.remove("tests: grown")


def grown(*subjects: str, within: timedelta = REST) -> None:
    outbox.emit(GROWN, subjects, within=within)


def asked(consumer: Consumer) -> Any:
    return DBTaskResult.objects.filter(args_kwargs__args=[consumer.name])


def test_what_can_wait_waits_so_long(consumer, brought, now):
    grown("a:1")
    assert drain(consumer.name) == 0
    now.shift(REST)
    assert drain(consumer.name) == 1


def test_what_comes_meanwhile_does_not_put_it_off(consumer, brought, now):
    grown("a:1")
    now.shift(REST / 2)
    grown("a:1")
    now.shift(REST / 2)
    assert (drain(consumer.name), brought) == (1, ["a:1"])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", [REST, timedelta()])
def test_what_cannot_wait_brings_the_rest(consumer, now, first, together):
    with transaction.atomic(), outbox.together() if together else transaction.atomic():
        grown("a:1", within=first)
        grown("a:1", within=REST - first)
    assert drain(consumer.name) == 1
    assert asked(consumer).ready().exists()


def test_what_comes_while_it_is_in_hand_waits_anew(consumer, now):
    grown("a:1", within=timedelta())
    in_hand = claims.claim(consumer)
    grown("a:1")
    assert claims.settle(in_hand) == 0
    assert drain(consumer.name) == 0
    now.shift(REST)
    assert drain(consumer.name) == 1


def test_all_that_can_wait_asks_once(consumer, now, django_capture_on_commit_callbacks):
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            grown(f"a:{number}")
    assert asked(consumer).get().run_after == timezone.now() + REST


def test_what_was_taken_back_asked_for_nobody(consumer, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        grown("a:1")
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        grown("a:2")
    assert asked(consumer).exists()


def test_a_worker_comes_back_for_what_can_wait(consumer, brought, now):
    grown("a:1")
    asked(consumer).delete()
    grown("a:2", within=timedelta())
    drain_consumer.call(consumer.name)
    later = asked(consumer).exclude(run_after__lte=timezone.now() + timedelta(seconds=1)).earliest("run_after")
    assert (brought, later.run_after) == (["a:2"], timezone.now() + REST)


def test_without_a_worker_nothing_waits(consumer, brought, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        grown("a:1")
    assert brought == ["a:1"]


def test_a_drain_ends_however_much_comes_meanwhile(django_capture_on_commit_callbacks):
    """Whoever writes meanwhile has asked, and has a turn after the others."""
    turns = []

    def write_on(rows: Any) -> None:
        turns.append(len(rows))
        if len(turns) < 5:
            outbox.emit(GROWN, "a:1")

    name = "tests: without end"
    outbox.add_consumer(Consumer(name, {GROWN}, write_on, batch=10, coalesces=True))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            outbox.emit(GROWN, "a:1")
        drain_consumer.call(name)
        assert turns == [1]
        assert DBTaskResult.objects.ready().filter(args_kwargs__args=[name]).exists()
        assert Delivery.objects.to(name).exists()
    finally:
        CONSUMERS.remove(name)


# -- what is talked about ----------------------------------------------------------------------------------------------
def edited(talk: Any, by: Any) -> None:
    services.edit(talk.posts.get(number=2), "Another word.", by)


@pytest.mark.parametrize(
    ("quiet", "then", "is_due"),
    [
        (REST, None, True),  # nothing was said for a while
        (REST / 2, None, False),  # it is talked about just now
        (REST / 2, edited, True),  # what stands there is another word
    ],
)
def test_search_hears_now_and_then_of_a_lively_conversation(
    community, asha, bryn, now, quiet: timedelta, then: Callable[[Any, Any], None] | None, is_due: bool
):
    talk = begun(community, bryn)
    answered(talk, asha)
    queued().delete()
    now.shift(quiet)
    answered(talk, asha)
    if then:
        then(talk, asha)
    assert claims.free(search(), timezone.now()).filter(subject=key_of(talk)).exists() is is_due
