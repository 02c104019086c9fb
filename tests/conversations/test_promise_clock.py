"""The arithmetic of the promise, over weekends, bank holidays, clock changes, waits and calendars that change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from conversations.promise.clock import ClockPause, closed_between, due_day, half_day, too_late
from conversations.promise.wording import by_when, day_in_words
from core.working_days.calendar import DAY, WorkingCalendar
from core.working_days.choices import Region
from core.working_days.services import read_list

LONDON = ZoneInfo("Europe/London")
CLOSED = {
    region: frozenset(day for day, where, _name in read_list().days if where == region) for region in Region if region
}
CALENDARS = st.builds(
    lambda region, also: WorkingCalendar(LONDON, CLOSED[region] | also),
    st.sampled_from(sorted(CLOSED)),
    st.frozensets(st.dates(date(2025, 1, 1), date(2027, 12, 1)), max_size=6),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001 (st.just says)
DAYS = st.integers(1, 8)
LENGTHS = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 15)), max_size=4)


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[misc, arg-type]  # as many as a date has


def waits_after(asked: datetime, lengths: list[tuple[float, float]]) -> list[ClockPause]:
    """Each begins so many days after the one before has ended."""
    found, moment = [], asked
    for pause, length in lengths:
        since = moment + timedelta(days=pause)
        moment = since + timedelta(days=length)
        found.append(ClockPause(since, moment))
    return found


ENGLAND = WorkingCalendar(LONDON, CLOSED[Region.ENGLAND_AND_WALES])
THURSDAY, GOOD_FRIDAY = local(2026, 4, 2, 17, 40), date(2026, 4, 3)


@pytest.mark.parametrize(
    ("asked", "days", "waits", "due"),
    [
        (THURSDAY, 1, [], date(2026, 4, 7)),
        (THURSDAY, 3, [], date(2026, 4, 9)),
        # asked back on Tuesday and answered on Thursday: Tuesday and Wednesday do not count
        (THURSDAY, 3, [ClockPause(local(2026, 4, 7, 11), local(2026, 4, 9, 10))], date(2026, 4, 13)),
        # on the same day: nothing is lost
        (THURSDAY, 3, [ClockPause(local(2026, 4, 7, 11), local(2026, 4, 7, 12))], date(2026, 4, 9)),
        # over the weekend: nothing is lost either
        (THURSDAY, 3, [ClockPause(local(2026, 4, 4, 11), local(2026, 4, 6, 12))], date(2026, 4, 9)),
        # after its last day: it stays late
        (THURSDAY, 3, [ClockPause(local(2026, 4, 10, 9), local(2026, 4, 20, 9))], date(2026, 4, 9)),
        # it waits still
        (THURSDAY, 3, [ClockPause(local(2026, 4, 8, 9))], None),
    ],
)
def test_days_at_whose_end_it_waits_do_not_count(asked, days, waits, due):
    assert due_day(ENGLAND, asked, days, waits) == due


@settings(max_examples=50)
@given(CALENDARS, MOMENTS, DAYS, LENGTHS)
def test_exactly_the_promised_days_count_until_the_last(calendar, asked, days, lengths):
    waits = waits_after(asked, lengths)
    due = due_day(calendar, asked, days, waits)
    first = calendar.local_day(asked)
    after = [first + timedelta(days=n) for n in range(1, (due - first).days + 1)]
    ends = {day: calendar.at(day + DAY, time()) for day in after}
    counted = [
        day for day in after if calendar.is_working(day) and not any(w.since < ends[day] <= w.until for w in waits)
    ]
    assert len(counted) == days
    assert counted[-1] == due


@settings(max_examples=50)
@given(CALENDARS, MOMENTS, DAYS, LENGTHS)
def test_a_wait_never_brings_the_day_nearer(calendar, asked, days, lengths):
    plain = due_day(calendar, asked, days)
    assert plain == calendar.add(calendar.local_day(asked), days)
    assert due_day(calendar, asked, days, waits_after(asked, lengths)) >= plain


@settings(max_examples=50)
@given(CALENDARS, MOMENTS, DAYS, st.dates(date(2025, 1, 1), date(2027, 12, 1)))
def test_a_day_that_is_closed_meanwhile_moves_the_last_one_or_leaves_it(calendar, asked, days, day):
    closer = WorkingCalendar(LONDON, calendar.closed | {day})
    before, after = due_day(calendar, asked, days), due_day(closer, asked, days)
    in_between = calendar.local_day(asked) < day <= before
    assert (after > before) is (in_between and calendar.is_working(day))


@settings(max_examples=50)
@given(CALENDARS, MOMENTS, DAYS)
def test_half_of_the_time_is_over_before_the_last_day_ends(calendar, asked, days):
    half, due = half_day(calendar, asked, days), due_day(calendar, asked, days)
    assert calendar.local_day(asked) <= half < due
    assert calendar.count(calendar.local_day(asked), half) == days // 2


@settings(max_examples=50)
@given(CALENDARS, MOMENTS, DAYS)
def test_the_last_moment_is_a_midnight_on_the_wall(calendar, asked, days):
    late = too_late(calendar, due_day(calendar, asked, days))
    assert late.astimezone(LONDON).time() == time()
    assert not calendar.is_working(calendar.local_day(asked)) or late > asked


def test_the_closed_days_are_named_as_the_reason():
    tuesday = due_day(ENGLAND, THURSDAY, 1)
    known = {GOOD_FRIDAY: ("Good Friday", True), date(2026, 4, 6): ("Easter Monday", True)}
    between = closed_between(ENGLAND, THURSDAY.date(), tuesday, known)
    closed = [[day.isoformat(), *known[day]] for day in between]
    late = too_late(ENGLAND, tuesday)
    assert by_when(late, closed, THURSDAY.date()) == (
        "by the end of Tuesday, because tomorrow and Monday are bank holidays"
    )
    ours = [[*closed[0][:2], False]]
    assert by_when(late, ours, date(2026, 4, 1)).endswith("Friday (Good Friday) is no working day")
    assert by_when(late, closed, date(2026, 5, 1)).startswith("by the end of Tuesday 7 April")


def test_a_past_day_is_said_with_its_date_and_one_of_a_past_year_with_the_year():
    past = (date(2026, 11, 24), date(2027, 1, 4), date(2027, 1, 18), date(2027, 1, 19))
    said = [day_in_words(day, date(2027, 1, 20)) for day in past]
    assert said == ["Tuesday 24 November 2026", "Monday 4 January", "Monday 18 January", "yesterday"]
    coming = (date(2027, 1, 4), date(2026, 12, 27), date(2026, 12, 22))
    said = [day_in_words(day, date(2026, 12, 21)) for day in coming]
    assert said == ["Monday 4 January", "Sunday", "tomorrow"]
