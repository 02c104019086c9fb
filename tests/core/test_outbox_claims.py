"""Whatever workers do, die and come back at: one delivery is in one hand, in order, and none is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from core import outbox
from core.outbox import Consumer, Delivery, claims
from core.outbox.consumers import CONSUMERS, LEASE

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUBJECTS = ("a:1", "a:2", "a:3")


class Workers(RuleBasedStateMachine):
    """Workers that claim, settle, fail, renew, let go, or say nothing for as long as they like, in any order.

    The model beside the table is a list of numbers for each subject: what was emitted and is not consumed.
    """

    coalesces = False
    batches = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(NOON, tick=False)
        self.now = self.clock.start()
        self.consumer = outbox.add_consumer(
            Consumer("tests: model", {"tests.model"}, len, batch=2, coalesces=self.coalesces, attempts=3)
        )
        self.number = 0
        self.waiting: dict[str, list[int]] = {subject: [] for subject in SUBJECTS}
        self.hands: dict[int, tuple[int, datetime]] = {}
        """Of each delivery the highest fencing number, and until when it is held."""

    def teardown(self) -> None:
        self.clock.stop()
        CONSUMERS.remove("tests: model")
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def is_ours(self, row: Delivery) -> bool:
        return self.hands.get(row.pk, (None,))[0] == row.fence

    @rule(subject=sampled_from(SUBJECTS))
    def emit(self, subject: str) -> None:
        self.number += 1
        outbox.emit("tests.model", subject, data={"n": self.number})
        if self.coalesces:
            self.waiting[subject] = []
        self.waiting[subject].append(self.number)

    @rule(target=batches)
    def claim(self) -> Any:
        rows = claims.claim(self.consumer)
        for row in rows:
            fence, until = self.hands.get(row.pk, (-1, NOON))
            assert row.fence > fence, "a fencing number was given twice"
            assert until <= self.moment(), "it was in another hand"
            assert row.data["n"] == self.waiting[row.subject][0], "it was not its turn"
            self.hands[row.pk] = (row.fence, self.moment() + LEASE)
        assert len({row.subject for row in rows}) == len(rows)
        return rows or multiple()

    @rule(rows=batches)
    def settle(self, rows: list[Delivery]) -> None:
        expected = [row for row in rows if self.is_ours(row) and row.data["n"] in self.waiting[row.subject]]
        assert claims.settle(rows) == len(expected)
        for row in expected:
            self.waiting[row.subject].remove(row.data["n"])
        self.let_go(rows)

    @rule(rows=batches)
    def release(self, rows: list[Delivery]) -> None:
        claims.release(rows)
        self.let_go(rows)

    @rule(rows=batches)
    def renew(self, rows: list[Delivery]) -> None:
        claims.renew(rows, self.consumer)
        for row in filter(self.is_ours, rows):
            self.hands[row.pk] = (row.fence, self.moment() + LEASE)

    @rule(rows=batches)
    def fail(self, rows: list[Delivery]) -> None:
        row = rows[0]
        stays = Delivery.objects.filter(pk=row.pk, fence=row.fence, event=row.event).exists()
        claims.fail(row, self.consumer, "It failed.")
        if stays and row.attempts + 1 >= self.consumer.attempts:
            self.waiting[row.subject].remove(row.data["n"])  # it is set aside
        self.let_go([row])

    @rule(seconds=integers(1, 120))
    def wait(self, seconds: int) -> None:
        self.now.shift(timedelta(seconds=seconds))

    @invariant()
    def nothing_is_lost(self) -> None:
        rows = Delivery.objects.to("tests: model").waiting()
        there: dict[str, list[int]] = {subject: [] for subject in SUBJECTS}
        for row in rows.order_by("pk"):
            there[row.subject].append(row.data["n"])
        assert there == self.waiting

    def moment(self) -> datetime:
        return datetime.now(UTC)

    def let_go(self, rows: list[Delivery]) -> None:
        for row in filter(self.is_ours, rows):
            self.hands[row.pk] = (row.fence + 1, self.moment())


class Coalescing(Workers):
    coalesces = True


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Workers, Coalescing])
def test_no_order_of_events_breaks_a_promise(machine: type[Workers]) -> None:
    chosen = settings(
        max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(machine, settings=chosen)
