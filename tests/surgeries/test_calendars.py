"""Sessions in people's own calendars."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar, Event

from people.models import User
from surgeries import services
from surgeries.models import Session, SessionMentor
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory, at
from tests.replay import replayed

FEED = "/surgeries/calendar.ics"


@pytest.fixture
@replayed
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
    assert str(calendar["X-WR-CALNAME"]) == r"Folkmoot\, Withermere Council"  # icalendar reads no X- as text
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


# -- what a calendar is told of ----------------------------------------------------------------------------------------
def test_one_session_makes_no_new_calendar(session: Session) -> None:
    file = browse().get(session.ics_url).content
    assert not any(word in file for word in (b"X-WR-", b"REFRESH-INTERVAL", b"X-PUBLISHED-TTL"))


def test_the_name_of_a_feed_is_escaped(session: Session, settings: Any) -> None:
    settings.HUB_NAME, settings.BODY_NAME = "Folk; moot", "Withermere, Council"
    assert b"X-WR-CALNAME:Folk\\; moot\\, Withermere\\, Council" in browse().get(FEED).content.replace(b"\r\n ", b"")


def _series_summary(session: Session) -> None:
    session.surgery.summary = "Bring your bills."
    session.surgery.save()


def _own_summary(session: Session) -> None:
    session.summary = "Bring your bills."
    session.save()


def _renamed(session: Session) -> None:
    mentor = session.mentors.get()
    mentor.name = "Ines Moss-Example"
    mentor.save()


def _gone(session: Session) -> None:
    mentor = session.mentors.get()
    mentor.is_active = False
    mentor.save()


def _one_more_in_the_editor(session: Session) -> None:
    session.mentor_links.add(SessionMentor(person=PersonFactory()))
    session.save()


TOLD = {
    "the series' summary": _series_summary,
    "its own summary": _own_summary,
    "one more mentor": lambda session: session.mentors.add(PersonFactory()),
    "one more mentor, in the editor": _one_more_in_the_editor,
    "one mentor less": lambda session: session.mentors.remove(session.mentors.get()),
    "none any more": lambda session: session.mentors.clear(),
    "a mentor who is deleted": lambda session: session.mentors.get().delete(),
    "a mentor who is renamed": _renamed,
    "a mentor who goes": _gone,
}


@pytest.fixture
@replayed
def mentored(session: Session) -> Session:
    session.mentors.add(PersonFactory(first_name="Ines"))
    return Session.objects.get(pk=session.pk)


@pytest.mark.parametrize("deed", TOLD)
def test_whatever_a_calendar_shows_counts_its_number_up(mentored: Session, deed: str) -> None:
    before = mentored.sequence
    TOLD[deed](mentored)
    assert Session.objects.get(pk=mentored.pk).sequence > before


def _signed_in(session: Session) -> None:
    mentor = session.mentors.get()
    mentor.save(update_fields=["last_login"])
    mentor.job_title = "Warm-homes adviser"
    mentor.save()


@pytest.mark.parametrize("deed", [lambda session: session.save(), _signed_in])
def test_nothing_else_does(mentored: Session, deed: Any) -> None:
    before = mentored.sequence
    deed(mentored)
    assert Session.objects.get(pk=mentored.pk).sequence == before


# -- one line is one line ----------------------------------------------------------------------------------------------
INJECTED = "Old boilers\r\nATTENDEE:mailto:x@example.org\x0b\x00\u2028\x85end"


def test_nothing_in_a_field_begins_a_new_line_of_a_calendar(session: Session) -> None:
    """However it came there: an archive or a program asks no form."""
    line = INJECTED.replace("\0", "")  # PostgreSQL keeps none
    Session.objects.filter(pk=session.pk).update(title=line, place=line, summary=line, note=line)
    for address in (session.ics_url, FEED):
        file = browse().get(address).content.decode()
        assert "\nATTENDEE" not in file
        assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", file)


@pytest.mark.parametrize("field", ["title", "place", "summary", "note"])
def test_a_session_keeps_one_line_in_a_field_of_one_line(session: Session, field: str) -> None:
    setattr(session, field, INJECTED)
    session.full_clean()
    assert getattr(session, field) == "Old boilers ATTENDEE:mailto:x@example.org end"


@pytest.mark.parametrize("field", ["title", "place", "what_to_bring", "summary"])
def test_so_does_a_page(session: Session, field: str) -> None:
    setattr(session.surgery, field, INJECTED)
    session.surgery.full_clean()
    assert getattr(session.surgery, field) == "Old boilers ATTENDEE:mailto:x@example.org end"


def test_lines_are_folded_at_75_octets(session: Session) -> None:
    title = "Ça réchauffe 🌻 " * 15 + "!"
    Session.objects.filter(pk=session.pk).update(title=title)
    lines = browse().get(FEED).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert str(events()[0]["SUMMARY"]) == title
    assert all(line.decode() is not None for line in lines)  # no letter is cut in two


def test_the_number_of_an_event_never_falls(session: Session) -> None:
    older, oldest = Session.objects.get(pk=session.pk), Session.objects.get(pk=session.pk)
    services.move(session, session.starts + timedelta(hours=1))
    older.body = "<p>Bring the letter.</p>"
    older.save(update_fields=["body"])
    assert Session.objects.get(pk=session.pk).sequence == session.sequence
    oldest.save()  # the old time comes back with it, and is news
    assert Session.objects.get(pk=session.pk).sequence == session.sequence + 1


def test_a_change_that_calendars_do_not_tell_keeps_the_number(session: Session) -> None:
    older = Session.objects.get(pk=session.pk)
    services.announce(Session.objects.filter(pk=session.pk))
    older.save()
    assert Session.objects.get(pk=session.pk).sequence == session.sequence + 1
