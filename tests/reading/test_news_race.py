"""Nobody is told twice, however many processes look for news of saved searches at the same moment.

The first test switches the guard off and shows that the race is real: if it fails, the others prove nothing.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from core import outbox
from notifications.models import Notice
from people.models import User
from reading.models import SavedSearch, SearchOwner
from reading.searches import notifying, rounds, services
from reading.searches.notifying import News
from search.query import Query
from tests.factories import PersonFactory
from tests.racing import PATIENCE, at_once, seen_by_threads, with_threads

pytestmark = with_threads

PEOPLE, PROCESSES = 6, 4


def _built() -> None:
    for person in PersonFactory.create_batch(PEOPLE):
        services.save(person, Query("bees"), alerts=True)


@pytest.fixture(autouse=True)
def everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """People who want to hear, and there is something new for each of them."""

    def news_for(reader: Any, groups: Any) -> list[News]:
        return [News(SavedSearch.objects.get(owner=reader), ["told"], ["told"])]

    monkeypatch.setattr(notifying, "news_for", news_for)
    with seen_by_threads(tmp_path, _built):
        yield


def tell_the_first(_number: int) -> bool:
    reader = User.objects.filter(saved_searches__alerts=True).order_by("pk")[0]
    return notifying.tell(reader, since=timezone.now())


def notices() -> int:
    """How many there are, where those who told have written them."""

    def count(_number: int) -> int:
        outbox.drain("notices")
        return Notice.objects.count()

    (counted,) = at_once(count, 1)
    return int(counted)


@pytest.fixture
def all_at_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has seen that a person may be told before anybody sets that they were."""
    both, gathered = Barrier(PROCESSES, timeout=PATIENCE), notifying.news_for

    def wait(reader: Any, groups: Any) -> list[News]:
        both.wait()
        return gathered(reader, groups)

    monkeypatch.setattr(notifying, "news_for", wait)


@pytest.mark.usefixtures("all_at_the_same_place")
def test_without_the_guard_one_person_is_told_by_all(monkeypatch):
    monkeypatch.setattr(SearchOwner.objects, "filter", lambda **_options: _Always())
    assert at_once(tell_the_first, PROCESSES) == [True] * PROCESSES
    assert notices() == PROCESSES


class _Always(QuerySet[Any]):
    def update(self, **_fields: Any) -> int:
        return 1


@pytest.mark.usefixtures("all_at_the_same_place")
def test_of_those_who_tell_one_person_at_once_one_does():
    assert Counter(at_once(tell_the_first, PROCESSES)) == {True: 1, False: PROCESSES - 1}
    assert notices() == 1


def test_workers_that_have_the_same_deliveries_in_hand_tell_once():
    """One was taken for dead, and goes on."""
    everybody = [outbox.Delivery(subject=f"people.user:{pk}") for pk in rounds.readers().values_list("pk", flat=True)]
    at_once(lambda _number: rounds.look(everybody), PROCESSES)
    assert notices() == PEOPLE
