"""What somebody typed does not run when a spreadsheet opens an export."""

import csv
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log

from communities.choices import Capability
from communities.models import CommunityPage, Grant
from core.exports import as_words
from people.models import User
from search.models import LoggedQuery
from tests.conftest import browse
from tests.factories import StoryFactory

FORMULA = "=HYPERLINK(1)"


def export(person: User, name: str, kind: str) -> bytes:
    response = browse(person).get(reverse(name), {"export": kind})
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def report(hub_team: User) -> str:
    LoggedQuery.objects.create(text=FORMULA, times=9, empty=9, last_asked=timezone.localdate())
    return "search_unanswered"


def test_a_formula_is_words_in_our_own_report(hub_team: User, report: str) -> None:
    rows = list(csv.reader(export(hub_team, report, "csv").decode().splitlines()))
    assert [rows[1][0], rows[1][1]] == [f"'{FORMULA}", "9"]


def test_a_formula_is_words_in_wagtails_report(hub_team: User) -> None:
    log(instance=StoryFactory(title=FORMULA), action="wagtail.edit", user=hub_team)
    assert f",'{FORMULA}".encode() in b"," + export(hub_team, "wagtailadmin_reports:site_history", "csv")


def test_a_workbook_holds_it_as_text_and_as_it_was_typed(hub_team: User, report: str) -> None:
    sheet = load_workbook(BytesIO(export(hub_team, report, "xlsx"))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (FORMULA, "s")


def test_a_formula_is_words_in_the_table_of_grants(community: CommunityPage) -> None:
    now = timezone.now()
    said = {"decided_at": now, "decided_on": now.date(), "decided_name": FORMULA, "authority": FORMULA}
    Grant.objects.create(
        community=community, capability=Capability.WRITE_STORIES, starts=now, conditions=FORMULA, **said
    )
    CommunityPage.objects.update(title=FORMULA)
    table = b"".join(browse().get("/rights/table.csv").streaming_content).decode("utf-8-sig")
    cells = next(csv.DictReader(table.splitlines())).values()
    assert [cell for cell in cells if cell.startswith("=")] == []
    assert [*cells].count(f"'{FORMULA}") >= 3


@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_whatever_begins_like_a_formula(sign: str) -> None:
    assert as_words(sign) == f"'{sign}"


@pytest.mark.parametrize("value", [-1, "a=1", "", None, "Bees – and honey", 1.5])
def test_everything_else_stays(value: Any) -> None:
    assert as_words(value) == value


def test_no_export_goes_round_it() -> None:
    def kinds(of: type) -> set[type]:
        return {of}.union(*(kinds(each) for each in of.__subclasses__()))

    own = [each for each in kinds(SpreadsheetExportMixin) if "preprocess_field_value" in vars(each)]
    assert own == [SpreadsheetExportMixin]
    assert SpreadsheetExportMixin.preprocess_field_value.__module__ == "core.exports"
