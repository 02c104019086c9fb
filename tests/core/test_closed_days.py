"""Closed days come from GOV.UK's list and from the hub team; an import forgets nothing and undoes nothing."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from dateutil.easter import easter
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import ClosedDay, WorkingHours
from core.working_days.choices import Region
from core.working_days.services import working_calendar
from people.models import User
from tests.conftest import browse

pytestmark = pytest.mark.django_db
SATURDAY = 5
CHRISTMAS = {"title": "Christmas Day", "date": "2030-12-25", "notes": ""}


def imported(folder: Any, content: object) -> str:
    file = folder / "bank-holidays.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    out = StringIO()
    call_command("import_closed_days", str(file), stdout=out, stderr=out)
    return out.getvalue()


def listed(*events: Any, **more: Any) -> dict[str, Any]:
    return {"england-and-wales": {"division": "england-and-wales", "events": list(events)}, **more}


def test_a_hub_begins_with_the_days_of_the_repository():
    assert not working_calendar().is_working(date(2026, 12, 28))
    assert not working_calendar(Region.SCOTLAND).is_working(date(2026, 6, 15))


@pytest.mark.parametrize("year", range(2025, 2029))
@pytest.mark.parametrize("region", [one for one in Region if one])
def test_the_days_of_the_repository_are_those_of_the_law(region: Region, year: int):
    """The rules of the Banking and Financial Dealings Act 1971 and of the St Andrew's Day Act, counted anew."""
    expected = by_law(region, year) | ({date(2026, 6, 15)} if (region, year) == (Region.SCOTLAND, 2026) else set())
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    closed = {day for day in days if day.year == year and day.weekday() < SATURDAY}
    assert {day for day in closed if not working_calendar(region).is_working(day)} == expected


def by_law(region: Region, year: int) -> set[date]:
    """Bank holidays by rule: what falls on a weekend, or on another one, moves on to the next day that is free."""
    good_friday = easter(year) - timedelta(days=2)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    days = {good_friday, monday(year, 5), monday(year, 6) - timedelta(days=7)}
    if region is Region.SCOTLAND:
        fixed += [date(year, 1, 2), date(year, 11, 30)]
        days |= {monday(year, 8)}
    else:
        days |= {easter(year) + timedelta(days=1), monday(year, 9) - timedelta(days=7)}
    if region is Region.NORTHERN_IRELAND:
        fixed += [date(year, 3, 17), date(year, 7, 12)]
    for day in sorted(fixed):
        following = (day + timedelta(days=n) for n in range(7))
        days.add(next(free for free in following if free.weekday() < SATURDAY and free not in days))
    return days


def monday(year: int, month: int) -> date:
    """The first one of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def test_an_import_adds_and_says_how_old_its_list_is(tmp_path):
    said = imported(tmp_path, listed(CHRISTMAS, as_of="2024-11-01"))
    assert "New: 1" in said
    assert "1 November 2024" in said
    assert "More than a year old" in said
    assert not working_calendar().is_working(date(2030, 12, 25))


def test_what_the_list_no_longer_has_stays(tmp_path):
    before = ClosedDay.objects.count()
    imported(tmp_path, listed(CHRISTMAS))
    imported(tmp_path, listed())
    assert ClosedDay.objects.count() == before + 1


def test_what_the_hub_team_changed_is_not_changed_back():
    ClosedDay.objects.filter(date="2026-12-28").update(we_work=True, name="Stock-taking")
    call_command("import_closed_days", stdout=StringIO())
    assert working_calendar().is_working(date(2026, 12, 28))
    assert ClosedDay.objects.filter(date="2026-12-28", name="Stock-taking").count() == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "holds no JSON"),
        ("[]", "none of england-and-wales"),
        ({"wales": {}}, "none of england-and-wales"),
        ({"scotland": []}, "scotland has no list of events"),
        (listed({"title": "A day", "date": "25/12/2030"}), "“25/12/2030” is no date"),
        (listed(CHRISTMAS, {"date": "2030-12-26"}), "england-and-wales, 2: the day has no title"),
        (listed(as_of="today"), "“today” is no date"),
    ],
)
def test_a_list_that_is_none_is_refused_whole_and_says_why(tmp_path, content, said):
    before = ClosedDay.objects.count()
    with pytest.raises(CommandError, match=f"Nothing was imported.*{said}"):
        imported(tmp_path, content)
    assert ClosedDay.objects.count() == before


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_closed_days", "/nowhere/at/all.json")


def test_the_hub_team_closes_a_day_everywhere(hub_team: User):
    address = reverse("wagtailsnippets_core_closedday:add")
    browse(hub_team).post(address, {"name": "Founder’s day", "date": "2027-05-12", "region": ""})
    assert [working_calendar(region).is_working(date(2027, 5, 12)) for region in ("", "scotland")] == [False, False]


def test_the_same_day_twice_is_refused_with_a_sentence(hub_team: User):
    address = reverse("wagtailsnippets_core_closedday:add")
    answer = browse(hub_team).post(address, {"name": "Again", "date": "2026-12-28", "region": "scotland"})
    assert "in the list for this region already" in answer.content.decode()


def test_the_list_says_of_when_it_is_and_whose_each_day_is(hub_team: User):
    ClosedDay.objects.create(date=date(2024, 1, 2), name="Founder’s day")
    shown = browse(hub_team).get(reverse("wagtailsnippets_core_closedday:list")).content.decode()
    assert "bank holidays as of 25 February 2026" in shown
    assert "GOV.UK" in shown
    assert "the hub team" in shown


def test_the_hub_says_where_it_is_and_when_it_works(hub_team: User):
    address = reverse("wagtailsettings:edit", args=["core", "workinghours"])
    browser = browse(hub_team)
    browser.post(browser.get(address).url, {"region": "scotland", "opens": "07:30", "closes": "16:00"})
    calendar = working_calendar()
    assert (calendar.opens.hour, calendar.closes.hour) == (7, 16)
    assert not calendar.is_working(date(2026, 11, 30))


def test_hours_that_end_before_they_begin_are_refused(hub_team: User):
    browser = browse(hub_team)
    address = browser.get(reverse("wagtailsettings:edit", args=["core", "workinghours"])).url
    answer = browser.post(address, {"region": "scotland", "opens": "17:30", "closes": "16:00"})
    assert "must end after they begin" in answer.content.decode()
    assert WorkingHours.load().closes.hour == 18


def test_an_editor_of_pages_does_not_edit_closed_days(carys: User):
    assert browse(carys).get(reverse("wagtailsnippets_core_closedday:list")).status_code in (302, 404)
