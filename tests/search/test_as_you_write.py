"""As somebody writes: what there is about it already and whom to ask, as far as they may see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indexing import engines, maintenance
from indexing.documents import key_of
from indexing.engines.base import EngineUnavailable
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, SurgeryFactory, tell
from tests.reading.saving import BEES, tell_of_bees

pytestmark = pytest.mark.django_db
DRAFT = "Shall we keep bees and make honey at the town hall?"


@pytest.fixture
def bees(home: Any) -> Any:
    keeper = PersonFactory(first_name="Kezia", public=True)
    story = tell(tell_of_bees("Bees on the roof"), keeper)
    maintenance.rebuild()
    return story


def near(text: str = DRAFT, person: Any = None, **more: str) -> str:
    response = browse(person).post("/search/near/", {"text": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_what_there_is_and_whom_to_ask_stand_beside_it(bees):
    html = near()
    assert f'href="{bees.url}"' in html
    assert "Kezia Example" in html
    assert "1 thing about it already. 1 person to ask." in html


def test_it_is_a_piece_of_a_page_that_nobody_keeps(bees):
    response = browse().post("/search/near/", {"text": DRAFT})
    assert "<html" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_draft_in_an_address_is_refused(bees):
    assert browse().get("/search/near/", {"text": DRAFT}).status_code == 405


def test_another_site_cannot_ask_with_ones_rights(bees, community, carys):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(carys)
    assert browser.post("/search/near/", {"text": DRAFT}).status_code == 403
    token = str(browser.get(f"{community.url}join/").context["csrf_token"])
    assert browser.post("/search/near/", {"text": DRAFT}, headers={"X-CSRFToken": token}).status_code == 200


def test_of_a_long_draft_the_beginning_is_read(bees):
    assert bees.url in near(DRAFT + " bees" * 20_000)


@pytest.mark.parametrize("text", ["", "   ", "bees", "bees bees the", "\0", "zzxqv qqwzx"])
def test_too_little_says_nothing(bees, text):
    assert near(text) == ""


def test_what_is_quoted_is_not_asked_for_word_by_word(bees):
    assert bees.url in near("“Bees and honey for everyone”, she said about the town hall roof")


def test_the_page_that_is_being_edited_is_not_among_it(bees):
    assert bees.url not in near(**{"not": key_of(bees)})


def test_four_things_at_most_and_no_people_among_them(bees):
    for number in range(6):
        GuidanceFactory(title=f"Keeping bees {number}", summary=BEES)
    maintenance.rebuild()
    html = near()
    assert html.count("<small") == 4 + html.count("Told a story about it")
    assert "4 things" in html


def test_what_is_over_is_no_use(home):
    surgery = SurgeryFactory(title="Nothing of the kind")
    week_ago = timezone.now() - timedelta(days=7)
    SessionFactory(surgery=surgery, title="Bees and honey at the town hall", summary=BEES, starts=week_ago)
    maintenance.rebuild()
    assert "Bees and honey at the town hall" not in near()


def test_who_may_not_see_it_is_not_told_of_it(bees, private_community, carys, dev):
    tell_of_bees("Secret bees", community=private_community, private=True)
    assert "Secret bees" not in near(person=carys)
    assert "Secret bees" in near(person=dev)


def test_while_search_is_away_nothing_is_said(bees, monkeypatch):
    def away(self: Any, request: Any) -> None:
        raise EngineUnavailable("The disk is gone.")

    monkeypatch.setattr(type(engines.engine()), "search", away)
    assert near() == ""


@pytest.mark.parametrize("made_by", [tell_of_bees, GuidanceFactory, SurgeryFactory])
def test_the_editor_has_a_place_for_it_that_leaves_the_page_itself_out(home, hub_team, made_by):
    page = made_by(title="Bees & honey")
    html = browse(hub_team).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'data-not="{key_of(page)}"' in html
    assert "?q=Bees" not in html
    assert "as_you_write.js" in html


def test_so_has_the_editor_of_a_session_and_of_a_new_page(home, hub_team):
    session = SessionFactory()
    browser = browse(hub_team)
    edit = browser.get(reverse("wagtailsnippets_surgeries_session:edit", args=[session.pk])).content.decode()
    stories = session.surgery.get_parent().get_siblings().get(slug="stories")
    new = browser.get(reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])).content.decode()
    assert f'data-not="{key_of(session)}"' in edit
    assert "data-as-you-write" in new
    assert "data-not" not in new


def test_who_asks_to_join_sees_it_without_the_community_itself(community, carys):
    html = browse(carys).get(f"{community.url}join/").content.decode()
    assert 'data-fields="note"' in html
    assert f'data-not="{key_of(community)}"' in html
