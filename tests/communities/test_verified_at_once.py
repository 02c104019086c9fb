"""Two who verify one qualification at once: it is verified by one of them, and the other reads that it was.

The first test leaves the guard out and shows that the race is real: if it fails, the other one proves nothing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from communities.models import Award
from communities.qualifications import services
from communities.qualifications.services import CannotAward
from people.models import User
from tests import racing
from tests.communities.qualified import awarded, demanded
from tests.factories import PersonFactory
from tests.racing import PATIENCE, seen_by_threads

pytestmark = racing.with_threads


@pytest.fixture
def award(tmp_path: Path) -> Iterator[Award]:
    with seen_by_threads(tmp_path, _built) as waiting:
        yield waiting


def _built() -> Award:
    for number in range(2):
        User.objects.create_superuser(f"hub.team.{number}@example.org", "a long enough password")
    return awarded(PersonFactory(), demanded(), by=None)


def race(verify: Callable[[Award, User], Any], award: Award) -> list[Any]:
    people = list(User.objects.filter(is_superuser=True).order_by("pk"))
    return racing.at_once(lambda number: verify(award, people[number]), threads=2)


def test_without_the_guard_both_believe_that_they_did(award: Award) -> None:
    both_looked = Barrier(2, timeout=PATIENCE)

    def verify(award: Award, by: User) -> bool:
        is_waiting = Award.objects.get(pk=award.pk).is_waiting
        both_looked.wait()
        Award.objects.filter(pk=award.pk).update(decided_at=timezone.now(), decided_by=by, decided_name=by.name)
        return is_waiting

    assert race(verify, award) == [True, True]


def test_with_it_one_verifies_and_the_other_is_told(award: Award) -> None:
    def verify(award: Award, by: User) -> str:
        try:
            return str(services.verify(award, by).decided_by_id)
        except CannotAward:
            return "too late"

    with mock.patch.object(services.notices, "tell"):
        answers = race(verify, award)
    assert answers.count("too late") == 1
