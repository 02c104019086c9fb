"""Nobody is written to twice, however many processes send news of saved searches at the same moment.

The first test switches the guard off and shows that the race is real: if it fails, the others prove nothing.
"""

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from core import outbox
from people.models import User
from reading.models import SavedSearch
from reading.searches import alerts, rounds, services
from reading.searches.alerts import News, Outcome
from search.query import Query
from tests.factories import PersonFactory
from tests.racing import PATIENCE, at_once, seen_by_threads, with_threads
from tests.reading.saving import told

pytestmark = with_threads

PEOPLE, PROCESSES = 6, 4


def _built() -> None:
    for person in PersonFactory.create_batch(PEOPLE):
        services.save(person, Query("bees"), alerts=True)


@pytest.fixture(autouse=True)
def everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """People who want to hear, and there is something new for each of them."""

    def news_for(reader: Any, groups: Any) -> list[News]:
        return [News(SavedSearch.objects.get(owner=reader), "bees", "/search/?q=bees", (), 1, ["told"])]

    monkeypatch.setattr(alerts, "news_for", news_for)
    with seen_by_threads(tmp_path, _built):
        yield


def write_to_the_first(_number: int) -> Outcome:
    return alerts.write_to(User.objects.filter(saved_searches__alerts=True).order_by("pk")[0])


@pytest.fixture
def all_at_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has seen that a person may be written to before anybody sets that they were."""
    both, gathered = Barrier(PROCESSES, timeout=PATIENCE), alerts.news_for

    def wait(reader: Any, groups: Any) -> list[News]:
        both.wait()
        return gathered(reader, groups)

    monkeypatch.setattr(alerts, "news_for", wait)


@pytest.mark.usefixtures("all_at_the_same_place")
def test_without_the_guard_one_person_is_written_to_by_all(monkeypatch):
    monkeypatch.setattr(alerts, "set_sent", lambda _row: timezone.now())
    assert at_once(write_to_the_first, PROCESSES) == [Outcome.SENT] * PROCESSES


@pytest.mark.usefixtures("all_at_the_same_place")
def test_of_those_who_write_to_one_person_at_once_one_does():
    outcomes = Counter(at_once(write_to_the_first, PROCESSES))
    assert outcomes == {Outcome.SENT: 1, Outcome.NOT_AGAIN: PROCESSES - 1}
    assert len(mail.outbox) == 1


def test_commands_at_once_share_the_people_among_them():
    def send(_number: int) -> str:
        out = StringIO()
        call_command("send_alerts", stdout=out, stderr=StringIO())
        return out.getvalue()

    said = at_once(send, PROCESSES)
    assert len(told()) == len(set(told())) == PEOPLE
    assert sum(int(line.partition("sent: ")[2].partition(",")[0]) for line in said) == PEOPLE


def test_workers_that_have_the_same_deliveries_in_hand_send_once():
    """One was taken for dead, and goes on."""

    def bring_all(_number: int) -> None:
        rounds.write([outbox.Delivery(subject=f"people.user:{pk}") for pk in rounds.due()])

    at_once(bring_all, PROCESSES)
    assert len(told()) == len(set(told())) == PEOPLE
