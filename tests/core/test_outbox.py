"""What happens is written with the change, and consumed after it: at least once, in order, by one at a time."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction

from core import outbox
from core.outbox import Consumer, Delivery, claims
from core.outbox.consumers import CONSUMERS, Unavailable
from core.outbox.retention import KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

HAPPENED, OTHER = "tests.happened", "tests.other"


class Ledger:
    """A consumer that notes what it gets, and fails where it is told to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.batches: list[int] = []
        self.bad: set[str] = set()
        self.away = False

    def __call__(self, events: Sequence[Delivery]) -> None:
        if self.away:
            raise Unavailable("It is away.")
        self.batches.append(len(events))
        for event in events:
            if event.subject in self.bad:
                raise ValueError(f"{event.subject} is bad.")
        self.seen.extend(f"{event.subject} {event.data.get('n', '')}".strip() for event in events)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def ordered(ledger: Ledger) -> Iterator[Consumer]:
    """Gets every event, ten at once."""
    yield outbox.add_consumer(Consumer("tests: ordered", {HAPPENED}, ledger, batch=10, attempts=3))
    CONSUMERS.remove("tests: ordered")


@pytest.fixture
def coalescing(ledger: Ledger) -> Iterator[Consumer]:
    """Gets the newest event of each thing."""
    yield outbox.add_consumer(Consumer("tests: coalescing", {OTHER}, ledger, batch=10, coalesces=True, attempts=3))
    CONSUMERS.remove("tests: coalescing")


def emit(*subjects: str, kind: str = HAPPENED, **data: Any) -> None:
    outbox.emit(kind, subjects, data=data)


def rows(consumer: Consumer) -> Any:
    return Delivery.objects.to(consumer.name)


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("outbox", *arguments, stdout=out)
    return out.getvalue()


# -- writing -----------------------------------------------------------------------------------------------------------
def test_an_event_stands_or_falls_with_the_change(ordered):
    def change_and_fail() -> None:
        with transaction.atomic():
            emit("a:1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert not rows(ordered).exists()


def test_it_is_consumed_after_the_commit(ordered, ledger, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        emit("a:1")
        emit("a:2")
        assert ledger.seen == []
    assert ledger.seen == ["a:1", "a:2"]
    assert ledger.batches == [2]


def test_an_event_that_nobody_consumes_is_a_mistake(db):
    with pytest.raises(LookupError, match="Nobody consumes"):
        emit("a:1", kind="tests.unheard")


def test_it_says_who_did_what_for_whom(ordered, carys):
    outbox.emit(HAPPENED, carys, actor=carys, audience="organisation", data={"n": 1})
    event = rows(ordered).get()
    assert (event.kind, event.subject, event.actor) == (HAPPENED, f"people.user:{carys.pk}", str(carys.pk))
    assert (event.audience, event.data, event.subject_pk) == ("organisation", {"n": 1}, str(carys.pk))


@pytest.mark.parametrize("kind", [HAPPENED, OTHER])
def test_many_are_as_many_queries_as_one(ordered, coalescing, kind, django_assert_num_queries):
    with django_assert_num_queries(1):
        emit("a:1", kind=kind)
    with django_assert_num_queries(1):
        emit(*(f"a:{number}" for number in range(2000)), kind=kind)


# -- order and coalescing ----------------------------------------------------------------------------------------------
def test_what_is_emitted_together_is_one_statement(ordered, coalescing, django_assert_num_queries):
    with django_assert_num_queries(1), outbox.together():
        outbox.emit(HAPPENED, "one", data={"n": 1})
        outbox.emit(HAPPENED, "one", data={"n": 2})
        for number in range(3):
            outbox.emit(OTHER, "two", data={"n": number})
    told = Delivery.objects.order_by("pk").values_list("consumer", "subject", "data__n")
    assert list(told) == [(ordered.name, "one", 1), (ordered.name, "one", 2), (coalescing.name, "two", 2)]


def test_what_a_savepoint_takes_back_is_not_told_with_the_rest(ordered):
    with outbox.together():
        outbox.emit(HAPPENED, "a.thing:1")
        with suppress(ZeroDivisionError), transaction.atomic():
            outbox.emit(HAPPENED, "a.thing:2")
            with transaction.atomic():
                outbox.emit(HAPPENED, "a.thing:3")
            raise ZeroDivisionError
        with transaction.atomic():
            outbox.emit(HAPPENED, "a.thing:4")
    assert [delivery.subject for delivery in Delivery.objects.order_by("pk")] == ["a.thing:1", "a.thing:4"]


@pytest.mark.django_db(transaction=True)
def test_together_without_a_transaction_loses_nothing(ordered, ledger):
    with outbox.together():
        outbox.emit(HAPPENED, "a.thing:1")
    assert ledger.seen or Delivery.objects.exists()


def test_what_fails_together_tells_of_nothing(ordered):
    with suppress(ZeroDivisionError), outbox.together():
        outbox.emit(HAPPENED, "one")
        raise ZeroDivisionError
    assert not Delivery.objects.exists()


def test_events_of_one_subject_come_in_order_and_one_by_one(ordered, ledger):
    for n in range(3):
        emit("a:1", "a:2", n=n)
    outbox.drain(ordered.name)
    assert ledger.seen == ["a:1 0", "a:2 0", "a:1 1", "a:2 1", "a:1 2", "a:2 2"]


def test_while_the_first_is_in_hand_the_second_of_that_subject_waits(ordered):
    emit("a:1", n=1)
    emit("a:1", n=2)
    emit("a:2", n=3)
    first = claims.claim(ordered)
    assert [event.data["n"] for event in first] == [1, 3]
    assert claims.claim(ordered) == []
    claims.settle(first)
    assert [event.data["n"] for event in claims.claim(ordered)] == [2]


def test_one_that_has_to_wait_for_its_next_attempt_holds_up_its_own_subject_alone(ordered, ledger):
    ledger.bad = {"a:1"}
    emit("a:1", n=1)
    outbox.drain(ordered.name)
    ledger.bad = set()
    emit("a:1", "a:2", n=2)
    outbox.drain(ordered.name)
    assert ledger.seen == ["a:2 2"]


def test_of_events_that_coalesce_the_newest_is_consumed(coalescing, ledger):
    for n in range(3):
        emit("a:1", kind=OTHER, n=n)
    assert outbox.drain(coalescing.name) == 1
    assert ledger.seen == ["a:1 2"]


def test_what_coalesces_with_an_event_in_hand_is_consumed_after_it(coalescing):
    emit("a:1", kind=OTHER, n=1)
    first = claims.claim(coalescing)
    emit("a:1", kind=OTHER, n=2)
    assert claims.claim(coalescing) == []
    assert claims.settle(first) == 0
    assert [event.data["n"] for event in claims.claim(coalescing)] == [2]


# -- leases and fences -------------------------------------------------------------------------------------------------
@pytest.fixture
def taken_over(ordered: Consumer) -> Iterator[tuple[list[Delivery], list[Delivery]]]:
    """One delivery in two hands: of a worker that was taken for dead, and of the one that took over."""
    emit("a:1")
    with time_machine.travel("2026-11-23T07:30:00Z", tick=False) as now:
        Delivery.objects.update(due="2026-11-23T07:30:00Z")
        stale = claims.claim(ordered)
        now.shift(ordered.held_for() + timedelta(seconds=1))
        yield stale, claims.claim(ordered)


STALE = {
    "settle": lambda stale, consumer: claims.settle(stale),
    "release": lambda stale, consumer: claims.release(stale),
    "renew": claims.renew,
    "fail": lambda stale, consumer: claims.fail(stale[0], consumer, "It is stale."),
}


@pytest.mark.parametrize("deed", STALE)
def test_a_stale_worker_changes_nothing(taken_over, ordered, deed):
    stale, fresh = taken_over
    before = rows(ordered).values().get()
    STALE[deed](stale, ordered)
    assert rows(ordered).values().get() == before
    assert before["fence"] == fresh[0].fence > stale[0].fence
    assert claims.settle(fresh) == 1


def test_what_was_let_go_is_no_longer_ours(ordered):
    """A renewal that comes late must not take it back."""
    emit("a:1")
    mine = claims.claim(ordered)
    claims.release(mine)
    claims.renew(mine, ordered)
    assert rows(ordered).get().claimed_until is None


def test_no_more_are_in_hand_than_the_consumer_allows(ledger):
    narrow = outbox.add_consumer(Consumer("tests: narrow", {HAPPENED}, ledger, batch=10, concurrency=2))
    emit("a:1", "a:2", "a:3")
    first = claims.claim(narrow)
    assert len(first) == 2
    assert claims.claim(narrow) == []
    claims.settle(first[:1])
    assert len(claims.claim(narrow)) == 1
    CONSUMERS.remove("tests: narrow")


# -- failing -----------------------------------------------------------------------------------------------------------
def test_one_that_cannot_be_consumed_keeps_no_other_from_it(ordered, ledger):
    ledger.bad = {"a:2"}
    emit("a:1", "a:2", "a:3")
    assert outbox.drain(ordered.name) == 2
    assert ledger.seen == ["a:1", "a:3"]
    assert rows(ordered).get().reason == "ValueError: a:2 is bad."


def test_it_is_tried_later_and_later_and_then_set_aside(ordered, ledger):
    ledger.bad = {"a:1"}
    with time_machine.travel("2026-11-23T07:30:00Z", tick=False) as now:
        emit("a:1")
        for seconds in (10, 20):
            outbox.drain(ordered.name)
            now.shift(seconds - 1)
            assert claims.claim(ordered) == []
            now.shift(1)
        outbox.drain(ordered.name)
    assert rows(ordered).get().attempts == 3
    assert rows(ordered).poison().exists()


def poison(consumer: Consumer, subject: str) -> Delivery:
    return Delivery.objects.create(
        consumer=consumer.name, subject=subject, kind=HAPPENED, attempts=3, reason="No.", set_aside="2026-11-23T07:30Z"
    )


def test_what_is_set_aside_holds_up_nothing(ordered, ledger):
    poison(ordered, "a:1")
    emit("a:1", n=2)
    outbox.drain(ordered.name)
    assert ledger.seen == ["a:1 2"]


def test_a_newer_change_brings_back_what_was_set_aside_where_events_coalesce(coalescing, ledger):
    poison(coalescing, "a:1")
    emit("a:1", kind=OTHER, n=2)
    outbox.drain(coalescing.name)
    assert ledger.seen == ["a:1 2"]
    assert not rows(coalescing).exists()


def test_while_the_consumer_is_away_nothing_counts_as_failed(ordered, ledger):
    ledger.away = True
    emit("a:1")
    with pytest.raises(Unavailable):
        outbox.drain(ordered.name)
    row = rows(ordered).get()
    assert (row.attempts, row.claimed_until) == (0, None)


def test_after_so_long_nobody_will_bring_it_any_more(ordered):
    poison(ordered, "a:1")
    emit("a:2")
    Delivery.objects.poison().update(set_aside="2026-11-23T07:30Z")
    with time_machine.travel("2026-11-23T07:30:00Z") as now:
        assert outbox.tidy() == 0
        now.shift(KEPT + timedelta(minutes=1))
        assert outbox.tidy() == 1
    assert rows(ordered).get().subject == "a:2"


# -- the command -------------------------------------------------------------------------------------------------------
def test_the_command_lists_and_shows_what_was_set_aside(ordered):
    bad = poison(ordered, "a:1")
    emit("a:2")
    assert "a:1  set aside: No." in told("list")
    assert [row["subject"] for row in json.loads(told("list", "--json", "--all"))] == ["a:1", "a:2"]
    assert json.loads(told("show", str(bad.pk), "--json"))["reason"] == "No."
    assert f"number: {bad.pk}" in told("show", str(bad.pk))


def test_the_command_counts(ordered):
    poison(ordered, "a:1")
    emit("a:2", "a:3")
    claims.claim(ordered)
    assert json.loads(told("counts", "--json"))[ordered.name] == {
        "waiting": 2,
        "in hand": 2,
        "failed": 0,
        "set aside": 1,
    }
    assert f"{ordered.name}: 2 waiting" in told("counts")


def test_the_command_has_it_tried_again(ordered, ledger, django_capture_on_commit_callbacks):
    first, second = poison(ordered, "a:1"), poison(ordered, "a:2x")
    with django_capture_on_commit_callbacks(execute=True):
        assert "1 will be tried again" in told("retry", str(first.pk), "--consumer", ordered.name)
    assert ledger.seen == ["a:1"]
    assert rows(ordered).get() == second


def test_what_a_killed_worker_never_began_is_asked_for_by_the_clock(
    ordered, ledger, django_capture_on_commit_callbacks
):
    emit("a:1")  # and the task that was asked for went with its worker
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    assert ledger.seen == ["a:1"]
    assert told("resume") == "0 consumers were asked.\n"


def test_the_command_knows_nothing_of_what_is_gone(db):
    with pytest.raises(CommandError, match="may have been consumed"):
        told("show", "12")


def test_events_of_one_deed_are_one_statement(
    ordered: Consumer, coalescing: Consumer, ledger: Ledger, django_assert_num_queries: Any
) -> None:
    """And of a thing that is told twice to whoever wants its newest state, the newest is told."""
    with transaction.atomic(), django_assert_num_queries(1), outbox.together():
        outbox.emit(OTHER, ["tests.thing:1", "tests.thing:2"], data={"n": 1})
        outbox.emit(HAPPENED, "tests.thing:1", data={"n": 2})
        outbox.emit(OTHER, "tests.thing:1", data={"n": 3})
    outbox.drain(ordered.name)
    outbox.drain(coalescing.name)
    assert sorted(ledger.seen) == ["tests.thing:1 2", "tests.thing:1 3", "tests.thing:2 1"]


def test_what_fails_among_events_of_one_deed_tells_nobody(ordered: Consumer, ledger: Ledger) -> None:
    with suppress(ZeroDivisionError), transaction.atomic(), outbox.together():
        outbox.emit(HAPPENED, "tests.thing:1")
        raise ZeroDivisionError
    outbox.emit(HAPPENED, "tests.thing:2")
    outbox.drain(ordered.name)
    assert ledger.seen == ["tests.thing:2"]
