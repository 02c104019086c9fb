"""Sessions in people's own calendars."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar, Event

from people.models import User
from surgeries import services
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory, at

FEED = "/surgeries/calendar.ics"


@pytest.fixture
def session(home: Any) -> Session:
    return SessionFactory(surgery=SurgeryFactory(title="Old boilers; new, warm ones"), starts=at(2030, 3, 5, 10))


def events(address: str = FEED) -> list[Event]:
    response = browse().get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_session_is_one_event(session: Session) -> None:
    (event,) = events(session.ics_url)
    assert str(event["SUMMARY"]) == "Old boilers; new, warm ones"
    assert str(event["LOCATION"]) == "Harrowby Library"
    assert str(event["URL"]) == f"http://testserver{session.url}"
    assert event["STATUS"] == "CONFIRMED"


def test_an_events_name_never_changes_and_its_number_only_grows(session: Session) -> None:
    before = events()[0]
    services.move(session, at(2030, 3, 6, 14))
    services.cancel(session, "Snow.")
    services.restore(session)
    after = events()[0]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 3)


def test_a_cancelled_event_says_so_and_keeps_nobodys_time(session: Session) -> None:
    services.cancel(session, "Snow.")
    (event,) = events()
    assert (event["STATUS"], event["TRANSP"], str(event["SUMMARY"])[:9]) == ("CANCELLED", "TRANSPARENT", "Cancelled")
    assert "Snow." in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (at(2030, 1, 15, 10), datetime(2030, 1, 15, 10, tzinfo=UTC)),
        (at(2030, 7, 15, 10), datetime(2030, 7, 15, 9, tzinfo=UTC)),
        (at(2030, 3, 31, 3), datetime(2030, 3, 31, 2, tzinfo=UTC)),
        (at(2030, 10, 27, 3), datetime(2030, 10, 27, 3, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc_on_both_sides_of_the_clocks_change(home: Any, local: datetime, utc: datetime) -> None:
    SessionFactory(starts=local)
    (event,) = events()
    assert event["DTSTART"].dt == utc
    assert b"DTSTART:20" in event.to_ical()
    assert event["DTSTART"].to_ical().endswith(b"Z")


def test_a_feed_names_itself_and_says_how_often_to_ask(session: Session) -> None:
    calendar = Calendar.from_ical(browse().get(FEED).content)
    assert str(calendar["X-WR-CALNAME"]) == "Folkmoot, Withermere Council"
    assert calendar["VERSION"] == "2.0"
    assert "no-store" not in browse().get(FEED)["Cache-Control"]


def test_a_personal_feed_holds_what_its_person_may_see(session: Session, carys: User) -> None:
    staff = SessionFactory(surgery=SurgeryFactory(title="For staff", for_the_organisation=True))
    mine = {str(event["UID"]) for event in events(f"/surgeries/calendar/{carys.calendar_key}.ics")}
    assert mine == {f"{session.uid}@folkmoot", f"{staff.uid}@folkmoot"}
    assert {str(event["UID"]) for event in events()} == {f"{session.uid}@folkmoot"}


def test_the_schedule_offers_each_reader_their_own_address(home: Any, carys: User) -> None:
    assert carys.calendar_key in browse(carys).get("/surgeries/").context["feed_url"]
    assert browse().get("/surgeries/").context["feed_url"].endswith(FEED)


def test_whoever_has_gone_has_no_calendar(carys: User) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False)
    assert browse().get(f"/surgeries/calendar/{carys.calendar_key}.ics").status_code == 404


def test_what_is_long_past_leaves_the_feed(home: Any) -> None:
    surgery = SurgeryFactory()
    SessionFactory(surgery=surgery, starts=timezone.now() - timedelta(days=61))
    SessionFactory(surgery=surgery, starts=timezone.now() - timedelta(days=59))
    assert len(events()) == 1


def test_an_event_carries_the_link_and_the_mentors(home: Any) -> None:
    session = SessionFactory(surgery=SurgeryFactory(place="", online_url="https://meet.example/x"))
    session.mentors.add(PersonFactory(first_name="Ines"))
    description = str(events(session.ics_url)[0]["DESCRIPTION"])
    assert "https://meet.example/x" in description
    assert "With Ines Example." in description
    assert str(events(session.ics_url)[0]["LOCATION"]) == "Online"


def test_a_session_without_a_place_has_no_location(home: Any) -> None:
    session = SessionFactory(surgery=SurgeryFactory(place=""))
    assert "LOCATION" not in events(session.ics_url)[0]


def test_a_date_moved_in_the_editor_is_announced_and_remembers_its_old_time(home: Any) -> None:
    session = SessionFactory()
    before = session.starts
    session.starts, session.ends = before + timedelta(days=1), session.ends + timedelta(days=1)
    session.save()
    assert (session.sequence, session.moved_from) == (1, before)
    session.starts, session.ends = before, before + timedelta(hours=1)
    session.save()
    assert (session.sequence, session.moved_from) == (2, None)


def test_saving_a_date_that_did_not_change_announces_nothing(home: Any) -> None:
    session = SessionFactory()
    session.save()
    assert session.sequence == 0


def test_a_series_with_a_new_place_is_announced_for_the_dates_to_come(home: Any) -> None:
    coming = SessionFactory()
    past = SessionFactory(surgery=coming.surgery, past=True)
    coming.surgery.place = "The Corn Exchange"
    coming.surgery.save()
    assert [Session.objects.get(pk=session.pk).sequence for session in (coming, past)] == [1, 0]
