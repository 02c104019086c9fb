"""A surgery in series: the pattern, the list of its dates, and what becomes of them when it changes."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from communities.choices import FACILITATOR
from core.outbox import drain
from core.working_days.models import ClosedDay
from notifications.models import Notice
from surgeries import services
from surgeries.models import LeftOut, Pattern, Session, Status, SurgeryPage
from surgeries.series.rolling import roll_ahead
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory, at, make_member
from tests.replay import replayed

NOW = at(2026, 11, 23, 9)
TUESDAYS = {
    "repeats": "weekly", "weekday": 1, "nth": 1, "day": 1, "first": "2026-11-24", "until": "2027-01-19",
    "begins": "17:30", "ends": "19:00", "place": "", "capacity": "",
}  # fmt: skip
DAYS = ["24.11", "01.12", "08.12", "15.12", "22.12", "29.12", "05.01", "12.01", "19.01"]


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
@replayed
def surgery(community: Any) -> SurgeryPage:
    made: SurgeryPage = SurgeryFactory(title="Warm rooms", community=community)
    return made


def shown(browser: Any, surgery: SurgeryPage, said: dict[str, Any], pattern: Pattern | None = None) -> Any:
    address = f"/surgeries/{surgery.pk}/dates/pattern/" + (f"{pattern.pk}/" if pattern else "")
    return browser.post(address, {"key": str(pattern.key) if pattern else "", **said})


def make(browser: Any, surgery: SurgeryPage, said: dict[str, Any], pattern: Pattern | None = None, **more: Any) -> Any:
    """Fill the pattern, look at the list, and press."""
    page = shown(browser, surgery, said, pattern)
    assert page.status_code == 200, page.context["form"].errors
    days = [row.day.isoformat() for row, ticked, _follows in page.context["rows"] if row.is_offered and ticked]
    sent = {"step": "make", "seen": page.context["plan"].seen, "date": days, "reason": page.context["reason"], **more}
    return shown(browser, surgery, {**said, **sent}, pattern)


@pytest.fixture
def pattern(surgery: SurgeryPage, asha: Any) -> Pattern:
    """Every Tuesday, as Asha made it."""
    assert make(browse(asha), surgery, TUESDAYS).status_code == 302
    return surgery.patterns.get()


def dates(surgery: SurgeryPage, **only: Any) -> list[str]:
    return [f"{timezone.localtime(one.starts):%d.%m}" for one in surgery.sessions.filter(**only).order_by("starts")]


def fates(page: Any) -> dict[str, str]:
    return {f"{row.starts:%d.%m}": row.fate.value for row, *_rest in page.context["rows"]}


def on(surgery: SurgeryPage, day: str) -> Session:
    found: Session = surgery.sessions.get(pattern_date=datetime.strptime(f"{day}.26", "%d.%m.%y").date())  # noqa: DTZ007
    return found


def test_asha_sees_the_dates_with_closed_days_marked_and_makes_those_that_are_ticked(surgery, asha):
    ClosedDay.objects.create(date=date(2026, 12, 22), name="Office closed")
    page = shown(browse(asha), surgery, TUESDAYS)
    rows = {f"{row.day:%d.%m}": (row.closed, ticked) for row, ticked, _follows in page.context["rows"]}
    assert list(rows) == DAYS
    assert rows["22.12"] == ("Office closed", False)
    assert not surgery.sessions.exists()
    make(browse(asha), surgery, TUESDAYS, date=["2026-11-24", "2026-12-01"])
    assert dates(surgery) == DAYS[:2]
    assert LeftOut.objects.get(date=date(2026, 12, 22)).why == "Office closed"
    assert LeftOut.objects.count() == len(DAYS) - 2


def test_pressing_twice_makes_one_pattern(surgery, asha):
    browser = browse(asha)
    key = browser.get(f"/surgeries/{surgery.pk}/dates/pattern/").context["form"]["key"].value()
    page = shown(browser, surgery, {**TUESDAYS, "key": key})
    sent = {**TUESDAYS, "step": "make", "seen": page.context["plan"].seen, "date": ["2026-11-24"], "key": key}
    assert [browser.post(page.request["PATH_INFO"], sent).status_code for _ in range(2)] == [302, 302]
    assert (surgery.patterns.count(), surgery.sessions.count()) == (1, 1)


def test_another_hour_moves_what_nobody_touched_and_keeps_what_was_changed_by_hand_or_has_a_helper(
    surgery, pattern, asha, bryn
):
    services.move(on(surgery, "01.12"), at(2026, 12, 2, 10), note="The hall is let.")
    services.cancel(on(surgery, "08.12"), "Snow.")
    on(surgery, "15.12").mentors.add(bryn)
    before = {one.pk: (one.uid, one.sequence) for one in surgery.sessions.all()}
    later = {**TUESDAYS, "begins": "18:00"}
    page = shown(browse(asha), surgery, later, pattern)
    fate = fates(page)
    assert [fate[day] for day in ("24.11", "02.12", "08.12", "15.12", "22.12")] == [
        "changed", "kept", "kept", "kept", "changed",
    ]  # fmt: skip
    assert {row.why for row, *_rest in page.context["rows"]} >= {"Snow.", "1 person helps there."}
    make(browse(asha), surgery, later, pattern)
    starts = {f"{one.pattern_date:%d.%m}": timezone.localtime(one.starts) for one in surgery.sessions.all()}
    assert [f"{starts[day]:%H:%M}" for day in DAYS[:5]] == ["18:00", "10:00", "17:30", "17:30", "18:00"]
    changed = on(surgery, "22.12")
    uid, sequence = before[changed.pk]
    assert (changed.uid, changed.sequence > sequence) == (uid, True)


def test_a_kept_date_follows_where_asha_says_so_and_its_helper_hears_of_it(surgery, pattern, asha, bryn):
    on(surgery, "15.12").mentors.add(bryn)
    held = on(surgery, "15.12")
    make(browse(asha), surgery, {**TUESDAYS, "begins": "18:00"}, pattern, follow=[str(held.pk)])
    drain("notices")
    assert timezone.localtime(on(surgery, "15.12").starts).hour == 18
    kinds = list(Notice.objects.filter(person=bryn).values_list("happening__kind", flat=True))
    assert kinds == ["surgeries.session_changed"]


def test_whoever_looks_after_it_too_hears_of_a_new_pattern_once(surgery, pattern, asha, community):
    steward = PersonFactory()
    make_member(steward, community, FACILITATOR)
    make(browse(asha), surgery, {**TUESDAYS, "begins": "18:00"}, pattern)
    drain("notices")
    told = Notice.objects.filter(person__in=[asha, steward], happening__kind__startswith="surgeries.")
    assert list(told.values_list("person", "happening__kind")) == [(steward.pk, "surgeries.pattern_changed")]
    assert b"Every Tuesday, 18:00" in browse(steward).get("/inbox/").content


def test_another_weekday_moves_the_dates_within_their_week_and_calendars_see_them_move(surgery, pattern, asha):
    uids = [str(one.uid) for one in surgery.sessions.order_by("starts")]
    make(browse(asha), surgery, {**TUESDAYS, "weekday": 3, "until": "2027-01-21"}, pattern)
    assert dates(surgery)[:3] == ["26.11", "03.12", "10.12"]
    assert [str(one.uid) for one in surgery.sessions.order_by("starts")] == uids
    feed = Calendar.from_ical(browse().get("/surgeries/calendar.ics").content).walk("VEVENT")
    assert {event["SEQUENCE"] for event in feed} == {1}


def test_a_week_whose_date_was_moved_cancelled_or_left_out_by_hand_gets_no_other_one_unasked(surgery, pattern, asha):
    on(surgery, "01.12").delete()
    LeftOut.objects.create(pattern=pattern, date=date(2026, 12, 1))
    moved, cancelled = on(surgery, "08.12"), on(surgery, "15.12")
    Session.objects.filter(pk=moved.pk).update(starts=at(2026, 12, 9, 17), ends=at(2026, 12, 9, 18))
    services.cancel(cancelled, "Snow")
    thursdays = {**TUESDAYS, "weekday": 3, "until": "2027-01-21"}
    page = shown(browse(asha), surgery, thursdays, pattern)
    unticked = {
        f"{row.starts:%d.%m}" for row, ticked, _follows in page.context["rows"] if row.is_offered and not ticked
    }
    assert unticked == {"03.12", "10.12", "17.12"}
    assert all(row.why for row, *_rest in page.context["rows"] if row.is_offered)
    make(browse(asha), surgery, thursdays, pattern)
    assert dates(surgery, status=Status.SCHEDULED)[:4] == ["26.11", "09.12", "24.12", "31.12"]


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [({"until": ""}, True), ({}, False), ({"repeats": "by-hand", "until": ""}, False), ({"until": "2029-01-16"}, True)],
)
def test_the_list_says_that_more_dates_follow_only_where_they_do(surgery, asha, said, goes_on):
    assert shown(browse(asha), surgery, {**TUESDAYS, **said}).context["plan"].goes_on is goes_on


def test_an_end_that_is_moved_back_cancels_what_nobody_comes_to_and_keeps_the_rest(surgery, pattern, asha, bryn):
    on(surgery, "29.12").mentors.add(bryn)
    sooner = {**TUESDAYS, "until": "2026-12-10"}
    assert make(browse(asha), surgery, sooner, pattern, reason="").status_code == 422
    make(browse(asha), surgery, sooner, pattern, reason="The lamp is broken.")
    assert dates(surgery, status=Status.SCHEDULED) == [*DAYS[:3], "29.12"]
    assert set(surgery.sessions.filter(withdrawn=True).values_list("note", flat=True)) == {"The lamp is broken."}
    feed = Calendar.from_ical(browse().get("/surgeries/calendar.ics").content).walk("VEVENT")
    assert sum(event["STATUS"] == "CANCELLED" for event in feed) == len(DAYS) - 4
    make(browse(asha), surgery, TUESDAYS, surgery.patterns.get())
    assert dates(surgery, status=Status.SCHEDULED, note="") == DAYS


def test_what_was_taken_out_in_the_editor_is_not_made_again(surgery, pattern, asha):
    on(surgery, "08.12").delete()
    roll_ahead()
    make(browse(asha), surgery, {**TUESDAYS, "capacity": "6"}, pattern)
    assert "08.12" not in dates(surgery)
    browse(asha).post(f"/surgeries/{surgery.pk}/dates/left-out/{LeftOut.objects.get().pk}/")
    assert "08.12" in dates(surgery)


def test_a_list_that_is_no_longer_so_is_shown_again(surgery, pattern, asha):
    said = {**TUESDAYS, "begins": "18:00"}
    page = shown(browse(asha), surgery, said, pattern)
    services.cancel(on(surgery, "01.12"), "Snow.")
    sent = {**said, "step": "make", "seen": page.context["plan"].seen, "reason": "x"}
    assert shown(browse(asha), surgery, sent, pattern).status_code == 409
    assert surgery.patterns.get().begins == time(17, 30)


@pytest.mark.parametrize(
    "wrong", [{"ends": "17:00"}, {"until": "2026-11-01"}, {"first": "9999-12-31"}, {"day": "32"}, {"weekday": "9"}]
)
def test_what_gives_no_dates_is_refused_and_what_was_typed_stays(surgery, asha, wrong):
    page = shown(browse(asha), surgery, {**TUESDAYS, "place": "The barn", **wrong})
    assert page.status_code == 422
    assert page.context["form"]["place"].value() == "The barn"


# -- the timetable -----------------------------------------------------------------------------------------------------
@pytest.fixture
def endless(surgery: SurgeryPage, asha: Any) -> Pattern:
    make(browse(asha), surgery, {**TUESDAYS, "until": ""})
    return surgery.patterns.get()


def test_dates_are_made_ahead_once_and_closed_days_are_left_out(surgery, endless, bryn):
    made = surgery.sessions.count()
    surgery.sessions.order_by("starts").last().mentors.add(bryn)
    ClosedDay.objects.create(date=date(2027, 6, 8), name="Moved bank holiday")
    with time_machine.travel(NOW + timedelta(days=28), tick=False):
        roll_ahead()
        roll_ahead()
    assert surgery.sessions.count() == made + 3
    assert LeftOut.objects.filter(why="Moved bank holiday").exists()
    assert list(surgery.sessions.order_by("starts").last().mentors.all()) == [bryn]


@pytest.mark.parametrize("end", ["surgery", "community"])
def test_no_more_dates_are_made_once_it_is_over(surgery, endless, community, end):
    made = surgery.sessions.count()
    if end == "surgery":
        surgery.unpublish()
    else:
        type(community).objects.filter(pk=community.pk).update(stage="closed")
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        roll_ahead()
    assert surgery.sessions.count() == made


# -- one date ----------------------------------------------------------------------------------------------------------
def test_a_date_is_cancelled_because(surgery, pattern, asha):
    session = on(surgery, "01.12")
    assert browse(asha).post(f"{session.url}cancel/", {"why": " "}).status_code == 422
    browse(asha).post(f"{session.url}cancel/", {"why": "Snow."})
    session.refresh_from_db()
    assert (session.status, session.note) == (Status.CANCELLED, "Snow.")
    browse(asha).post(f"{session.url}restore/")
    assert "01.12" in dates(surgery, status=Status.SCHEDULED, note="")


def changed(session: Session, browser: Any, **said: str) -> Any:
    page = browser.get(f"{session.url}change/")
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | said


def test_a_date_is_moved_and_says_so(surgery, pattern, asha):
    session, browser = on(surgery, "01.12"), browse(asha)
    browser.post(f"{session.url}change/", changed(session, browser, day="2026-12-02", note="The hall is let."))
    session.refresh_from_db()
    assert (f"{session.starts:%d.%m %H:%M}", session.note) == ("02.12 17:30", "The hall is let.")
    assert session.moved_from is not None


def test_of_two_who_change_a_date_at_once_the_second_sees_it(surgery, pattern, asha):
    session, browser = on(surgery, "01.12"), browse(asha)
    typed = changed(session, browser, place="The barn")
    services.cancel(session, "Snow.")
    page = browser.post(f"{session.url}change/", typed)
    assert page.status_code == 409
    assert page.context["form"]["place"].value() == "The barn"


def test_one_date_is_added_with_words_of_its_own(surgery, asha):
    said = {"day": "2026-12-03", "begins": "10:00", "finishes": "11:00", "title": "Boilers", "note": "", "place": ""}
    page = browse(asha).post(f"/surgeries/{surgery.pk}/dates/add/", {**said, "finishes": "09:00"})
    assert (page.status_code, page.context["form"]["title"].value()) == (422, "Boilers")
    browse(asha).post(f"/surgeries/{surgery.pk}/dates/add/", said)
    assert [session.heading for session in surgery.sessions.all()] == ["Boilers"]


@pytest.mark.parametrize("step", ["dates", "list"])
def test_thirty_dates_ask_no_more_of_the_database_than_three(surgery, pattern, asha, bryn, step):
    def asked() -> int:
        browser = browse(asha)
        with CaptureQueriesContext(connection) as captured:
            if step == "dates":
                browser.get(f"/surgeries/{surgery.pk}/dates/")
            else:
                shown(browser, surgery, {**TUESDAYS, "until": "", "begins": "18:00"}, pattern)
        return len(captured)

    def add(days: range) -> None:
        for day in days:
            starts = NOW + timedelta(days=day)
            session = SessionFactory(surgery=surgery, starts=starts, pattern=pattern, pattern_date=date(2028, 1, day))
            session.mentors.add(bryn)
            LeftOut.objects.create(pattern=pattern, date=date(2027, 3, day))

    add(range(1, 4))
    asked()
    few = asked()
    add(range(4, 31))
    asked()
    assert asked() <= few


# -- who reads what ----------------------------------------------------------------------------------------------------
def test_the_pattern_of_a_draft_is_shown_to_nobody(surgery, pattern, asha, bryn):
    surgery.unpublish()
    session = surgery.sessions.first()
    for person in (bryn, None):
        assert browse(person).get(surgery.url).status_code == 404
        assert browse(person).get(session.url).status_code == 404
    assert not Calendar.from_ical(browse().get("/surgeries/calendar.ics").content).walk("VEVENT")
    assert browse(asha).get(f"/surgeries/{surgery.pk}/dates/").status_code == 200


def test_a_right_that_ended_meanwhile_gives_back_what_was_typed(surgery, pattern, asha):
    membership = asha.memberships.get()
    membership.holdings.all().delete()
    page = browse(asha).post(f"{on(surgery, '01.12').url}cancel/", {"why": "Because of the snow."})
    assert page.status_code == 403
    assert "Because of the snow." in page.content.decode()
