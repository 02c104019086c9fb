"""Which days a pattern gives, and what the clock on the wall shows on them."""

from datetime import UTC, date, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, strategies as st

from surgeries.choices import LAST_DAY, Nth, Repeats
from surgeries.recurrence import RecurrenceRule, in_words, span

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
RULES = st.builds(
    RecurrenceRule,
    st.sampled_from([one for one in Repeats.values if one != Repeats.BY_HAND]),
    DAYS,
    st.none() | DAYS,
    st.integers(0, 6),
    st.sampled_from(Nth.values),
    st.sampled_from([*range(1, 32), LAST_DAY]),
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def rule(
    repeats: str, first: date, until: date | None = None, weekday: int = 0, nth: int = 1, day: int = 1
) -> RecurrenceRule:
    return RecurrenceRule(repeats, first, until, weekday, nth, day)


def said(made: RecurrenceRule, start: date, last: date) -> list[str]:
    return [f"{day:%d.%m.%y}" for day in made.dates(start, last)]


YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("made", "first_days"),
    [
        (rule(Repeats.NTH, YEAR[0], weekday=3, nth=1), ["01.01.26", "05.02.26", "05.03.26"]),
        (rule(Repeats.NTH, YEAR[0], weekday=1, nth=-1), ["27.01.26", "24.02.26", "31.03.26"]),
        (rule(Repeats.NTH, YEAR[0], weekday=1, nth=5), ["31.03.26", "30.06.26", "29.09.26"]),
        (rule(Repeats.MONTHLY, YEAR[0], day=31), ["31.01.26", "31.03.26", "31.05.26"]),
        (rule(Repeats.MONTHLY, YEAR[0], day=LAST_DAY), ["31.01.26", "28.02.26", "31.03.26"]),
        # the second week counts from the first Tuesday, although the pattern begins on the Thursday before it
        (rule(Repeats.FORTNIGHTLY, date(2026, 1, 1), weekday=1), ["06.01.26", "20.01.26", "03.02.26"]),
        (rule(Repeats.BY_HAND, YEAR[0]), []),
    ],
)
def test_the_days_of_a_pattern(made: RecurrenceRule, first_days: list[str]) -> None:
    assert said(made, *YEAR)[:3] == first_days


def test_every_second_week_goes_on_over_the_end_of_a_year_with_53_weeks() -> None:
    made = rule(Repeats.FORTNIGHTLY, date(2026, 12, 14))
    assert said(made, date(2026, 12, 20), date(2027, 1, 30)) == ["28.12.26", "11.01.27", "25.01.27"]


@given(RULES, DAYS, st.integers(0, 400))
def test_days_are_in_order_in_their_bounds_and_the_same_however_they_are_asked_for(
    made: RecurrenceRule, start: date, length: int
) -> None:
    last, half = start + timedelta(days=length), start + timedelta(days=length // 2)
    found = made.dates(start, last)
    assert found == sorted(set(found))
    assert all(max(start, made.first) <= day <= min(last, made.until or last) for day in found)
    assert found == made.dates(start, half) + made.dates(half + timedelta(days=1), last)  # made in one go, or in two
    assert in_words(made)


@given(DAYS, CLOCKS, CLOCKS)
def test_a_session_ends_after_it_begins_in_every_night_of_the_year(day: date, begins: time, ends: time) -> None:
    if begins < ends:
        starts, finishes = span(day, begins, ends)
        assert starts < finishes
        assert timezone.localdate(starts) == day


@pytest.mark.parametrize(
    ("day", "begins", "ends", "starts", "finishes"),
    [
        (date(2026, 3, 28), time(17, 30), time(19), "28 17:30", "28 19:00"),
        (date(2026, 3, 30), time(17, 30), time(19), "30 16:30", "30 18:00"),  # 17:30 stays 17:30
        (date(2026, 10, 26), time(17, 30), time(19), "26 17:30", "26 19:00"),
        (date(2026, 3, 29), time(1, 30), time(2, 15), "29 01:30", "29 02:15"),  # there is no 01:30 in that night
        (date(2026, 10, 25), time(0, 30), time(3), "24 23:30", "25 03:00"),  # which has an hour more
    ],
)
def test_the_clocks_change(day: date, begins: time, ends: time, starts: str, finishes: str) -> None:
    assert [f"{moment.astimezone(UTC):%d %H:%M}" for moment in span(day, begins, ends)] == [starts, finishes]
