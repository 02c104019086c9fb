"""What editors learn from searches, and what nobody learns."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from communities.models import CommunityPage
from home.models import HomePage
from indexing import engines, maintenance
from indexing.engines.base import EngineUnavailable
from people.models import User
from search import query_log
from search.models import LoggedQuery
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _there_is_an_index(own_index_for_each: None, db: Any) -> None:
    maintenance.rebuild()


def search(text: str, times: int = 1, **more: str) -> None:
    for _ in range(times):
        browse().get("/search/", {"q": text, **more})


def open_a_result(text: str, site: str = "same-origin") -> int:
    return Client(headers={"Sec-Fetch-Site": site}).post("/search/opened/", {"q": text}).status_code


@pytest.fixture
def story(community: CommunityPage, django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        return StoryFactory(title="Allotments by the beck", community=community)


def asked(text: str) -> tuple[int, int, int]:
    row = LoggedQuery.objects.get(text=text)
    return row.times, row.empty, row.opened


def test_a_question_is_counted_however_it_is_written(story: Any) -> None:
    search("Allotments")
    search("  ALLOTMENTS? ")
    search("qqzz vvxx")
    assert asked("allotments") == (2, 0, 0)
    assert asked("qqzz vvxx")[0] == 1


def test_further_pages_and_narrowed_lists_are_the_same_question(story: Any) -> None:
    search("allotments")
    search("allotments", page="2")
    search("allotments", kind="story")
    assert asked("allotments") == (1, 0, 0)


@pytest.mark.parametrize("text", ["asha@example.org", "call 01632 960 960", "AB 12 34 56 C", "   ", "🎉"])
def test_what_may_tell_of_a_person_is_not_counted(home: HomePage, text: str) -> None:
    search(text)
    assert not LoggedQuery.objects.exists()


def test_opening_a_result_is_counted_from_the_hubs_own_pages_alone(story: Any) -> None:
    search("allotments")
    assert open_a_result("Allotments") == 204
    assert open_a_result("Allotments", site="cross-site") == 204
    assert open_a_result("never asked") == 204
    assert asked("allotments") == (1, 0, 1)


def test_nothing_that_was_asked_fewer_than_five_times_is_shown(home: HomePage) -> None:
    LoggedQuery.objects.create(text="seldom", times=4, empty=4)
    LoggedQuery.objects.create(text="often", times=5, empty=5)
    LoggedQuery.objects.create(text="answered", times=9, empty=1, opened=6)
    LoggedQuery.objects.create(text="never opened", times=9, empty=0, opened=0)
    assert [row.text for row in query_log.unanswered()] == ["often", "never opened"]


def test_what_was_not_asked_for_long_is_forgotten(home: HomePage) -> None:
    LoggedQuery.objects.create(
        text="old", times=9, last_asked=timezone.localdate() - query_log.KEPT - timedelta(days=1)
    )
    search("qqzz")
    query_log.tidy()
    assert [row.text for row in LoggedQuery.objects.all()] == ["qqzz"]


def test_of_a_flood_of_questions_those_that_were_asked_least_go(home: HomePage, monkeypatch: Any) -> None:
    monkeypatch.setattr(query_log, "MOST", 2)
    LoggedQuery.objects.create(text="often", times=9)
    for number in range(5):
        search(f"qqzz{number}")
    query_log.tidy()
    assert [row.text for row in LoggedQuery.objects.order_by("pk")] == ["often", "qqzz4"]


def test_what_is_not_found_while_search_is_being_repaired_is_not_counted(home: HomePage, monkeypatch: Any) -> None:
    def away(*_args: Any) -> None:
        raise EngineUnavailable("gone")

    monkeypatch.setattr(type(engines.engine()), "search", away)
    search("allotments")
    assert not LoggedQuery.objects.exists()


def test_no_row_knows_who_asked() -> None:
    assert {field.name for field in LoggedQuery._meta.get_fields()} == {
        "id", "text", "times", "empty", "opened", "last_asked"
    }  # fmt: skip


def test_editors_read_it_among_the_reports_and_nobody_else(home: HomePage, carys: User) -> None:
    LoggedQuery.objects.create(text="blue badge", times=7, empty=7)
    editor = PersonFactory(first_name="Ed")
    editor.groups.add(Group.objects.get(name="Editors"))
    report = browse(editor).get("/admin/reports/unanswered/")
    assert report.status_code == 200
    assert "blue badge" in report.content.decode()
    assert "Searches without an answer" in browse(editor).get("/admin/").content.decode()
    assert browse(carys).get("/admin/reports/unanswered/").status_code != 200
    table = browse(editor).get("/admin/reports/unanswered/?export=csv")
    assert b"blue badge" in b"".join(table.streaming_content)
