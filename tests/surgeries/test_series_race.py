"""No date of a pattern is made twice, however many make it at the same moment.

The first test switches the guard off and shows that the race is real: if it fails, the other proves nothing.
"""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from threading import Barrier

import pytest
from django.db import IntegrityError

from surgeries.models import Pattern, Session
from surgeries.series.plan import product
from surgeries.series.rolling import roll_ahead
from tests import racing
from tests.factories import SurgeryFactory
from tests.racing import PATIENCE, at_once, seen_by_threads

pytestmark = racing.with_threads

THREADS = 4


@pytest.fixture
def pattern(tmp_path: Path) -> Iterator[Pattern]:
    with seen_by_threads(tmp_path, _built) as made:
        yield made


def _built() -> Pattern:
    times = {"begins": time(10), "ends": time(11)}
    return Pattern.objects.create(surgery=SurgeryFactory(), first=date(2026, 1, 5), on_closed_days=True, **times)


def look_then_make(pattern: Pattern, both: Barrier) -> bool:
    """The guard switched off: look whether the date is there, and make it a moment later. False where it was there."""
    day = date(2030, 1, 7)
    there = Session.objects.filter(pattern=pattern, pattern_date=day).exists()
    both.wait()
    try:
        Session(surgery=pattern.surgery, pattern=pattern, pattern_date=day, **product(pattern, day)).save()
    except IntegrityError:
        return False
    return not there


def test_without_the_guard_several_would_make_one_date_and_only_the_constraint_stops_them(pattern):
    both = Barrier(THREADS, timeout=PATIENCE)
    made = at_once(lambda _number: look_then_make(pattern, both), THREADS)
    assert made.count(True) == 1


def test_dates_that_are_made_ahead_by_several_at_once_are_made_once(pattern):
    at_once(lambda _number: roll_ahead(), THREADS)

    def days(_number: int) -> list[date]:
        return list(Session.objects.filter(pattern=pattern.pk).values_list("pattern_date", flat=True))

    found = at_once(days, 1)[0]
    assert len(found) == len(set(found)) >= 24
