"""Working days: a day counts from the day after, spans are half-open, and neither closed days nor clocks break it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from core.working_days.calendar import WorkingCalendar
from core.working_days.choices import Region
from core.working_days.services import read_list

LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from([LONDON, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Africa/Cairo"), ZoneInfo("Pacific/Apia")])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 1))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001 (st.just says)


def calendar(region: str = Region.ENGLAND_AND_WALES, zone: ZoneInfo = LONDON) -> WorkingCalendar:
    closed = frozenset(day for day, where, _name in read_list().days if where == region)
    return WorkingCalendar(zone, closed)


CALENDARS = st.builds(calendar, st.sampled_from([region for region in Region if region]), ZONES)


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[misc, arg-type]  # as many as a date has


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        (local(2026, 4, 2, 17, 40), 1, date(2026, 4, 7)),  # on the Thursday before Good Friday
        (local(2026, 4, 3, 9), 1, date(2026, 4, 7)),  # on Good Friday itself
        (local(2026, 12, 24, 12), 1, date(2026, 12, 29)),  # on Christmas Eve
        (local(2026, 7, 1, 23, 59, 59), 1, date(2026, 7, 2)),  # just before a midnight in summer
        (local(2026, 7, 2), 1, date(2026, 7, 3)),  # just at it
        (local(2026, 3, 27, 12), 1, date(2026, 3, 30)),  # the clock is put forward in between
        (local(2026, 10, 23, 12), 3, date(2026, 10, 28)),  # and back
    ],
)
def test_a_deadline_is_the_midnight_after_its_day(asked, days, due):
    assert calendar().deadline(asked, days) == datetime.combine(due + timedelta(days=1), time(), tzinfo=LONDON)


@pytest.mark.parametrize(
    ("region", "day", "works"),
    [
        (Region.SCOTLAND, date(2026, 6, 15), False),  # the World Cup
        (Region.ENGLAND_AND_WALES, date(2026, 6, 15), True),
        (Region.SCOTLAND, date(2026, 4, 6), True),  # Easter Monday
        (Region.NORTHERN_IRELAND, date(2026, 4, 6), False),
        (Region.NORTHERN_IRELAND, date(2026, 7, 13), False),
        (Region.SCOTLAND, date(2026, 11, 30), False),
        (Region.ENGLAND_AND_WALES, date(2026, 8, 31), False),
    ],
)
def test_regions_differ(region, day, works):
    assert calendar(region).is_working(day) is works


@given(CALENDARS, DAYS, st.integers(0, 30))
def test_what_is_added_is_counted(days, start, number):
    end = days.add(start, number)
    assert days.count(start, end) == number
    assert number == 0 or (days.is_working(end) and days.count(start, end - timedelta(days=1)) == number - 1)


@given(CALENDARS, DAYS, st.integers(0, 12), st.integers(0, 12))
def test_adding_twice_is_adding_the_sum(days, start, first, second):
    assert days.add(days.add(start, first), second) == days.add(start, first + second)


@given(CALENDARS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_spans_meet_without_a_gap_or_a_day_counted_twice(days, start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    assert days.count(start, middle) + days.count(middle, end) == days.count(start, end)


@given(CALENDARS, DAYS)
def test_the_day_before_the_day_after_is_not_later(days, day):
    assert days.preceding(days.following(day)) <= day
    assert days.is_working(days.preceding(day))


@given(CALENDARS, MOMENTS, st.integers(1, 10))
def test_deadlines_begin_a_day_by_the_clock_on_the_wall_and_never_come_earlier(days, moment, number):
    due = days.deadline(moment, number)
    assert due > moment
    assert days.local_day(due - timedelta(microseconds=1)) == days.add(days.local_day(moment), number)
    assert days.deadline(moment + timedelta(minutes=90), number) >= due


@given(CALENDARS, MOMENTS)
def test_the_next_working_hours_are_found_once_and_nothing_open_is_passed_over(days, moment):
    found = days.next_open(moment)
    assert found >= moment
    assert days.is_open(found)
    assert days.next_open(found) == found
    assert found == moment or not days.is_open(found - timedelta(seconds=1))


@pytest.mark.parametrize(("clock", "is_open"), [(time(8, 59, 59), False), (time(9), True), (time(17), False)])
def test_working_hours_are_half_open(clock, is_open):
    assert calendar().is_open(datetime.combine(date(2026, 7, 1), clock, tzinfo=LONDON)) is is_open


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="begin before they end"):
        WorkingCalendar(LONDON, opens=time(17), closes=time(9))


def test_a_clock_that_is_put_forward_over_the_time_gives_the_moment_at_which_it_is():
    assert calendar().at(date(2026, 3, 29), time(1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert calendar(zone=ZoneInfo("Africa/Cairo")).at(date(2026, 4, 24), time()).astimezone(UTC).hour == 22
