"""The demo's sessions lie where they should whatever day it is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, strategies as st

from demo.dates import CLOSED, DatePattern, spans

LONDON = ZoneInfo("Europe/London")
patterns = st.builds(
    DatePattern,
    weekday=st.integers(0, 6),
    every_days=st.sampled_from((7, 14, 28)),
    start=st.times().map("{:%H:%M}".format),
    minutes=st.integers(15, 240),
    past=st.integers(0, 12),
    upcoming=st.integers(1, 12),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(LONDON))  # noqa: DTZ001 (the zone is given beside them)


@given(patterns, moments)
def test_what_is_to_come_lies_ahead_and_what_is_over_has_begun(pattern: DatePattern, now: datetime) -> None:
    past, upcoming = spans(pattern, now)
    assert (len(past), len(upcoming)) == (pattern.past, pattern.upcoming)
    assert all(starts <= now for starts, _ends in past)
    assert all(starts > now for starts, _ends in upcoming)
    assert [*past, *upcoming] == sorted([*past, *upcoming])
    assert all(ends - starts == timedelta(minutes=pattern.minutes) for starts, ends in (*past, *upcoming))


@given(patterns, moments)
def test_nobody_holds_a_surgery_on_christmas_day(pattern: DatePattern, now: datetime) -> None:
    days = [timezone.localdate(starts) for span in spans(pattern, now) for starts, _ends in span]
    assert all(day.weekday() == pattern.weekday for day in days)
    assert not any((day.month, day.day) in CLOSED for day in days)


@pytest.mark.parametrize("today", [(2026, 3, 28), (2026, 3, 29), (2026, 10, 24), (2026, 10, 25), (2028, 2, 29)])
def test_a_session_begins_at_the_same_hour_on_the_wall_in_every_season(today: tuple[int, int, int]) -> None:
    now = datetime(*today, 12, 0, tzinfo=LONDON)
    past, upcoming = spans(DatePattern(6, 7, "10:30", 90, 5, 5), now)
    assert {timezone.localtime(starts).strftime("%H:%M") for starts, _ends in (*past, *upcoming)} == {"10:30"}


def test_today_counts_until_the_session_begins() -> None:
    pattern = DatePattern(3, 7, "12:30", 90, 1, 1)  # Thursdays
    first = {hour: spans(pattern, datetime(2026, 11, 26, hour, 30, tzinfo=LONDON))[1][0][0].date() for hour in (11, 12)}
    assert first == {11: date(2026, 11, 26), 12: date(2026, 12, 3)}
