"""The schedule: one week, Monday to Sunday, where the hub is."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from people.models import User
from surgeries import services
from surgeries.listings import by_day
from surgeries.models import ForWhom, Session, SurgeryPage
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory, at
from tests.replay import replayed

SPRING_FORWARD, FALL_BACK = date(2026, 3, 29), date(2026, 10, 25)  # both are Sundays


@pytest.fixture
@replayed
def surgery(home: Any) -> SurgeryPage:
    return SurgeryFactory(title="Old boilers")


def days(query: str = "") -> list[Any]:
    return list(browse().get(f"/surgeries/?{query}").context["days"])


def held(surgery: SurgeryPage, starts: datetime, **fields: Any) -> Session:
    return SessionFactory(surgery=surgery, starts=starts, **fields)


def test_a_week_has_seven_days_from_monday(surgery: SurgeryPage) -> None:
    week = days("week=2026-03-04")
    assert [day.date for day in week] == [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]


@pytest.mark.parametrize("sunday", [SPRING_FORWARD, FALL_BACK])
def test_the_weeks_when_clocks_change_hold_every_session_once(surgery: SurgeryPage, sunday: date) -> None:
    first, last = sunday - timedelta(days=6), sunday
    held(surgery, at(first.year, first.month, first.day, 0, 0))
    held(surgery, at(last.year, last.month, last.day, 23, 30))
    held(surgery, at(last.year, last.month, last.day, 0, 30))
    after = sunday + timedelta(days=1)
    held(surgery, at(after.year, after.month, after.day, 0, 0))
    assert [day.count for day in days(f"week={sunday.isoformat()}")] == [1, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(
    "week", ["", "nonsense", "2026-02-30", "0001-01-01", "9999-12-31", "2026-W10-1", "٢٠٢٦-٠٣-٠٢", "%00", "1e9"]
)
def test_a_strange_week_shows_some_week(surgery: SurgeryPage, week: str) -> None:
    assert len(days(f"week={week}")) == 7


def test_a_week_without_sessions_names_the_next_one(surgery: SurgeryPage) -> None:
    held(surgery, timezone.now() + timedelta(days=30))
    assert "The next one is on" in browse().get("/surgeries/?week=2020-01-01").content.decode()


def test_a_cancelled_session_stays_and_says_why(surgery: SurgeryPage) -> None:
    session = held(surgery, timezone.now() + timedelta(minutes=5))
    services.cancel(session, "The boiler is old.")
    for address in ("/surgeries/", session.url, surgery.url):
        page = browse().get(address).content.decode()
        assert "Cancelled" in page
        assert "The boiler is old." in page
    assert "Old boilers" not in browse().get("/").content.decode()


def test_a_restored_session_takes_place(surgery: SurgeryPage) -> None:
    session = held(surgery, timezone.now() + timedelta(minutes=5))
    services.cancel(session, "Snow.")
    services.restore(session)
    assert not Session.objects.get().is_cancelled
    assert "Snow." not in browse().get(session.url).content.decode()


def test_a_moved_session_keeps_its_length_and_says_when_it_was(surgery: SurgeryPage) -> None:
    session = held(surgery, at(2030, 3, 5, 10))
    services.move(session, at(2030, 3, 6, 14), place="The barn", note="The library is shut.")
    page = browse().get("/surgeries/?week=2030-03-06").content.decode()
    assert Session.objects.get().ends == at(2030, 3, 6, 15)
    assert "The barn" in page
    assert "The library is shut." in page
    assert "5 March" in browse().get(session.url).content.decode()


def test_a_session_moved_into_the_night_the_clocks_change_keeps_its_length(surgery: SurgeryPage) -> None:
    session = held(surgery, at(2030, 3, 5, 10))
    services.move(session, at(2030, 3, 31, 0, 30))
    moved = Session.objects.get()
    assert moved.ends - moved.starts == timedelta(hours=1)


def test_a_session_moved_twice_was_where_it_first_was(surgery: SurgeryPage) -> None:
    session = held(surgery, at(2030, 3, 5, 10))
    services.move(session, at(2030, 3, 6, 14))
    services.move(session, at(2030, 3, 7, 14))
    assert session.moved_from == at(2030, 3, 5, 10)


@pytest.mark.parametrize(("chosen", "shown"), [("staff", {"a", "b"}), ("residents", {"b", "c"}), ("online", {"c"})])
def test_sessions_by_whom_they_are_for(home: Any, chosen: str, shown: set[str]) -> None:
    now = timezone.now()
    for title, whom, place in (("a", ForWhom.STAFF, "x"), ("b", ForWhom.BOTH, "x"), ("c", ForWhom.RESIDENTS, "")):
        link = "" if place else "https://meet.example/"
        held(SurgeryFactory(for_whom=whom, place=place, online_url=link), now, title=title)
    listed = browse().get(f"/surgeries/?for={chosen}").context["days"]
    assert {session.title for day in listed for session in day.sessions} == shown


def test_an_open_session_says_so(surgery: SurgeryPage) -> None:
    session = held(surgery, timezone.now() - timedelta(minutes=5))
    assert "Open now" in browse().get(session.url).content.decode()


def test_a_day_knows_where_it_stands() -> None:
    with time_machine.travel(at(2026, 3, 4, 9)):
        monday, tuesday, today, tomorrow, *_rest = by_day([], date(2026, 3, 2))
        assert (monday.is_past, tuesday.is_past, today.is_today, tomorrow.is_tomorrow) == (True,) * 4


def test_a_mentors_page_says_where_to_meet_them(surgery: SurgeryPage, asha: User) -> None:
    held(surgery, timezone.now() + timedelta(hours=1)).mentors.add(asha)
    SessionFactory(surgery=surgery, past=True).mentors.add(asha)
    page = browse(asha).get(asha.get_absolute_url()).content.decode()
    assert "Old boilers" in page
    assert "Has helped at 1 surgery." in page


def test_the_mentors_name_stands_on_a_public_session_without_a_link(surgery: SurgeryPage) -> None:
    session = held(surgery, timezone.now())
    session.mentors.add(mentor := PersonFactory(first_name="Ines"))
    page = browse().get(session.url).content.decode()
    assert "Ines Example" in page
    assert mentor.get_absolute_url() not in page


def test_a_session_ends_after_it_starts(surgery: SurgeryPage) -> None:
    session = Session(surgery=surgery, starts=at(2030, 3, 5, 10), ends=at(2030, 3, 5, 9))
    with pytest.raises(Exception, match="A session ends after it starts"):
        session.clean()


def test_the_schedule_folds_what_is_over_and_counts_it(surgery: SurgeryPage) -> None:
    with time_machine.travel(at(2026, 3, 4, 9)):
        held(surgery, at(2026, 3, 2, 10))
        held(surgery, at(2026, 3, 3, 10), status="cancelled")
        held(surgery, at(2026, 3, 4, 10))
        page = browse().get("/surgeries/").content.decode()
    _before, _tag, folded = page.partition('<details class="held')
    assert "1 surgery held" in folded.partition("</summary>")[0]


def test_nothing_is_offered_that_cannot_be_pressed(surgery: SurgeryPage) -> None:
    session = held(surgery, timezone.now() + timedelta(hours=1), capacity=12)
    assert "waiting list" not in browse().get(session.url).content.decode()


@pytest.mark.parametrize("reader", ["nobody", "carys"])
def test_a_calendar_subscribes_with_one_press(surgery: SurgeryPage, carys: User, reader: str) -> None:
    browser = browse(carys if reader == "carys" else None)
    context = browser.get("/surgeries/").context
    assert context["webcal_url"] == context["feed_url"].replace("http://", "webcal://")
    assert b"BEGIN:VCALENDAR" in browse().get(context["feed_url"].replace("http://testserver", "")).content


def test_a_surgery_leads_to_its_dates_and_a_date_back_to_it(surgery: SurgeryPage) -> None:
    session = SessionFactory(surgery=surgery, starts=timezone.now() + timedelta(days=2))
    assert f'href="{session.url}"' in browse(None).get(surgery.url).content.decode()
    assert f'href="{surgery.url}"' in browse(None).get(session.url).content.decode()
