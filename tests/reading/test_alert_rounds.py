"""A round of news: all who are due are written down at once, and the command and a worker share them."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox
from core.outbox import claims
from core.outbox.consumers import consumer_called
from core.outbox.draining import bring
from people.models import User
from reading.searches import rounds
from tests.reading.saving import MORNING, keep, send, tell_of_bees, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bryn_has_news(home: Any, bryn: User) -> None:
    tell_of_bees("Bees on the roof")
    keep(bryn, alerts=True)
    tell_of_bees("Bees at the library")


def test_what_a_worker_has_in_hand_is_left_to_it(bryn):
    with time_machine.travel(MORNING, tick=False):
        rounds.begin([bryn.pk])
        in_hand = claims.claim(consumer_called(rounds.NEWS))
    assert "left to a worker: 1" in send()
    assert told() == []
    with time_machine.travel(MORNING, tick=False):
        bring(consumer_called(rounds.NEWS), in_hand)
        outbox.drain(rounds.NEWS)
    assert told() == [bryn.email]


def test_a_round_is_one_statement_however_many_people_there_are(bryn, carys, asha):
    for person in (carys, asha):
        keep(person, alerts=True)
    with CaptureQueriesContext(connection) as captured:
        rounds.begin(rounds.due())
    assert sum("insert into core_delivery" in query["sql"] for query in captured) == 1
    assert outbox.Delivery.objects.to(rounds.NEWS).count() == 3
