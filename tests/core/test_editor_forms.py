"""Nobody puts a thing where they may not see it: by no form, however it is filled in."""

from typing import Any

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.audiences import Audience
from stories.models import StoryPage
from surgeries.models import Session
from tests.editor_world import MARKER, EditorWorld, hand_back
from tests.factories import CommunityFactory, SurgeryFactory


@pytest.fixture
def world(editor_world: EditorWorld) -> EditorWorld:
    return editor_world


def story(**fields: Any) -> dict[str, Any]:
    """What the form of a story sends."""
    parts = dict.fromkeys(("need", "what_we_did", "what_changed", "evidence", "reuse", "body"), "null")
    data = {
        **parts,
        **dict.fromkeys(("quote", "quoted", "topics", "scene", "picture", "source", "source_url", "summary"), ""),
        "title": "A story",
        "slug": "a-story",
        "told_on": "2026-03-01",
        "audience": "organisation",
        "community": "",
        "seo_title": "",
        "search_description": "",
        "comment_notifications": "",
        "go_live_at": "",
        "expire_at": "",
        "author_links": inline_formset([]),
        "comments": inline_formset([]),
        **fields,
    }
    return dict(nested_form_data(data))


def add(world: EditorWorld, who: str, **fields: Any) -> Any:
    parent = Page.objects.get(slug="stories")
    address = f"/admin/pages/add/stories/storypage/{parent.pk}/"
    return world.browser(who).post(address, story(**fields, **{"action-publish": "1"}))


def test_a_member_publishes_into_their_community(world: EditorWorld) -> None:
    assert add(world, "facilitator", community=world.community.pk, audience="members").status_code == 302
    made = StoryPage.objects.get(slug="a-story")
    assert (made.live, made.audience_token) == (True, f"community:{world.community.pk}")


@pytest.mark.parametrize("audience", ["members", "organisation", "everyone"])
@pytest.mark.parametrize("who", ["publisher", "superuser"])
def test_nobody_else_publishes_into_it_or_learns_its_name(world: EditorWorld, who: str, audience: str) -> None:
    answer = add(world, who, community=world.community.pk, audience=audience)
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert MARKER not in answer.content.decode().lower()
    assert not StoryPage.objects.filter(slug="a-story").exists()


def test_a_draft_is_no_way_round(world: EditorWorld) -> None:
    page = world.public
    hand_back(page)
    data = story(title=page.title, slug=page.slug, community=world.community.pk)
    answer = world.browser("publisher").post(f"/admin/pages/{page.pk}/edit/", data)
    assert "Select a valid choice" in answer.content.decode()
    page.refresh_from_db()
    assert page.latest_revision.content["community"] is None


def test_an_editor_makes_nothing_for_members_of_what_they_do_not_belong_to(world: EditorWorld) -> None:
    community = CommunityFactory(title="Open folk")
    answer = add(world, "publisher", community=community.pk, audience="members")
    assert "Only members make something for members alone" in answer.content.decode()
    assert not StoryPage.objects.filter(slug="a-story").exists()


def test_a_member_takes_something_out_of_their_community(world: EditorWorld) -> None:
    hand_back(world.private)
    data = story(title="Opened", slug="opened", audience="everyone")
    browser = world.browser("facilitator")
    browser.post(f"/admin/pages/{world.private.pk}/edit/", {**data, "action-publish": "1"})
    world.private.refresh_from_db()
    assert (world.private.community, world.private.audience_token) == (None, "everyone")


def test_whoever_runs_the_hub_makes_it_private_and_the_log_says_so(world: EditorWorld) -> None:
    from wagtail.models import PageLogEntry

    community = CommunityFactory(title="Open folk")
    assert add(world, "superuser", community=community.pk, audience="members").status_code == 302
    assert StoryPage.objects.get(slug="a-story").live
    entry = PageLogEntry.objects.get(action="core.opened")
    assert entry.data["reason"] == "It was made for members only."


def session(surgery: Any) -> dict[str, Any]:
    when = {"starts": "2026-03-01 10:00", "ends": "2026-03-01 11:00"}
    blank = dict.fromkeys(("place", "online_url", "note", "capacity", "title", "summary"), "")
    data = {**when, **blank, "status": "scheduled", "body": "null", "mentor_links": inline_formset([])}
    return dict(nested_form_data({**data, "surgery": surgery.pk}))


def test_a_session_goes_into_no_series_that_is_closed(world: EditorWorld) -> None:
    browser, before = world.browser("publisher"), Session.objects.count()
    answer = browser.post("/admin/snippets/surgeries/session/add/", session(world.session.surgery))
    assert "Select a valid choice" in answer.content.decode()
    assert MARKER not in answer.content.decode().lower()
    assert Session.objects.count() == before
    assert browser.post("/admin/snippets/surgeries/session/add/", session(SurgeryFactory())).status_code == 302


def test_a_redirect_form_that_comes_back_names_nothing(world: EditorWorld) -> None:
    answer = world.browser("superuser").post(
        "/admin/redirects/add/", {"old_path": "", "redirect_page": world.private.pk}
    )
    assert answer.status_code == 200
    assert MARKER not in answer.content.decode().lower()


def test_a_link_in_a_text_keeps_its_page_and_hides_its_address(world: EditorWorld) -> None:
    page = world.public
    page.need = f'<p>See <a linktype="page" id="{world.private.pk}">this</a>.</p>'
    page.save_revision().publish()
    hand_back(page)
    shown = world.browser("publisher").get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert MARKER not in shown.lower()
    assert f"&quot;id&quot;: {world.private.pk}" in shown or f'"id": {world.private.pk}' in shown


def test_audience_is_members_of_nothing(world: EditorWorld) -> None:
    answer = add(world, "publisher", audience=Audience.MEMBERS)
    assert "Choose the community whose members may see it." in answer.content.decode()
