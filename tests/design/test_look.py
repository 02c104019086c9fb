"""The tags of the design system."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone

from design import charts, gallery
from design.templatetags import look

ROOT = Path(gallery.__file__).parent.parent


def at(hour, minute=0, days=0):
    moment = timezone.localtime() + timedelta(days=days)
    return moment.replace(hour=hour, minute=minute, second=0, microsecond=0)


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in look.icon("clock")
    assert 'role="img" aria-label="Late &amp; lost"' in look.icon("clock", "Late & lost")


def test_every_glyph_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text()))
    pages = [page.read_text() for page in (ROOT / "templates").rglob("*.html")]
    assert {name for page in pages for name in re.findall(r'\bicon "([\w-]+)"', page)} <= drawn


@pytest.mark.parametrize(
    ("name", "letters"), [("Joanne Pickles", "JP"), ("Zoë", "Z"), ("Ann van der Berg", "AB"), ("", "")]
)
def test_initials_stand_for_who_has_no_picture(name, letters):
    assert look.initials(name) == letters


@pytest.mark.parametrize(("days", "words"), [(0, "Today"), (1, "Tomorrow")])
def test_days_near_by_have_names(days, words):
    assert look.nearby_day(at(12, days=days)) == words


def test_a_day_next_week_is_named_with_its_date():
    assert look.nearby_day(at(12, days=9)).endswith(f"{at(12, days=9):%B}")


def test_a_moved_session_says_the_old_day_only_when_the_day_changed():
    assert look.moved(at(9, 30), at(10)) == "09:30"
    assert look.moved(at(9, 30, days=-1), at(10)).endswith(", 09:30")


def test_what_is_due_within_a_day_is_soon():
    assert look.soon(timezone.now() + timedelta(hours=3))
    assert not look.soon(timezone.now() + timedelta(days=2))


@pytest.mark.parametrize(
    ("people", "sentence"),
    [([], ""), (["Tom"], "Tom"), (["Tom", SimpleNamespace(name="Mei-Lin"), "Jo"], "Tom, Mei-Lin and Jo")],
)
def test_people_are_listed_as_a_sentence_has_them(people, sentence):
    assert look.names(people) == sentence


def test_pagination_keeps_the_filters_and_leaves_out_the_middle():
    links = look.page_links(Paginator(range(200), 10).page(10), "kind=story&page=3")
    assert (links.back, links.on) == ("?kind=story&page=9", "?kind=story&page=11")
    assert [link.text for link in links.numbers] == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    assert [link.text for link in links.numbers if link.current] == ["10"]


def test_a_session_before_eight_stands_at_the_edge_of_the_day_and_can_be_seen():
    span = charts.day_span(at(6), at(7))
    assert (span.x, span.width) == (0, 4)


def test_a_session_lies_where_it_lies_in_the_day():
    assert charts.day_span(at(14), at(17)) == charts.ChartSpan(x=88, width=44)


def test_seats_are_drawn_in_rows_of_ten():
    row = charts.seats(14, 18)
    assert [seat.filled for seat in row.seats] == [True] * 14 + [False] * 4
    assert (row.seats[10].x, row.seats[10].y) == (0, 21)


def test_too_many_seats_to_draw_are_a_bar():
    assert charts.seats(45, 60).bar == 75
    assert charts.seats(70, 60).bar == 100


def test_a_chart_shows_the_latest_eight_readings_against_the_aim():
    readings = [SimpleNamespace(label=str(n), value=n * 10, note="") for n in range(1, 11)]
    chart = charts.chart(readings, aim=90)
    assert [bar.label for bar in chart.bars] == ["3", "4", "5", "6", "7", "8", "9", "10"]
    assert (chart.aim, chart.met, chart.bars[0].met) == (90, True, False)


@pytest.mark.parametrize(("value", "lower", "met"), [(5, True, True), (9, True, False), (9, False, True)])
def test_an_aim_may_be_to_stay_below(value, lower, met):
    assert charts.reached(value, 7, lower) is met


def test_a_chart_of_nothing_is_empty():
    assert charts.chart([]) == charts.Chart([], None, met=False)


def test_every_component_is_shown_among_the_parts_or_used_by_a_page():
    rooms = [room for room in ROOT.iterdir() if (room / "__init__.py").exists()]
    files = [*(ROOT / "templates").rglob("*.html"), *(file for room in rooms for file in room.rglob("*.py"))]
    pages = "".join(file.read_text() for file in files)
    names = {part.name for part in (ROOT / "templates" / "components").glob("*.html")}
    assert {name for name in names if f"components/{name}" not in pages} == set()


def test_no_template_carries_what_the_content_policy_forbids():
    forbidden = re.compile(
        r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\s(?:src=|type=\"application/json\"))"
    )  # data is no script
    pages = [page for page in (ROOT / "templates").rglob("*.html") if "email" not in page.parts]
    markup = {page.name: re.sub(r"{%.*?%}", "", page.read_text(), flags=re.DOTALL) for page in pages}
    assert [name for name, text in markup.items() if forbidden.search(text)] == []


@pytest.mark.django_db
def test_the_page_of_parts_shows_them_all(client):
    response = client.get("/parts/")
    assert response.status_code == 200
    assert "14 of 18 places taken" in response.content.decode()


def test_a_page_of_errors_needs_no_context():
    for name in ("500.html", "400.html"):
        page = Template(f'{{% include "{name}" %}}').render(Context())
        assert 'href="/static/css/broken.css"' in page
