"""Wagtail's editor under the policy that it needs: it opens, shows what will be, and publishes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import PRIYA, SIOBHAN

DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def desk(open_tab) -> Page:
    """Where Siobhan writes."""
    return open_tab(SIOBHAN, **DESK)


def edit(page: Page, path: str) -> None:
    """Go from a page to its editor, as its foot offers."""
    page.goto(path)
    page.get_by_role("contentinfo").get_by_role("link", name="Edit this page").click()
    page.wait_for_url("**/edit/")


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/snippets/surgeries/session/"])
def test_the_editors_pages_open(desk, path):
    assert desk.goto(path).status == 200
    desk.wait_for_load_state("networkidle")
    expect(desk.get_by_role("main").first).to_be_visible()


def test_a_story_is_previewed(desk):
    edit(desk, "/stories/plot-fourteen/")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe, iframe[title='Preview']").last
    expect(preview.get_by_role("heading", level=1)).to_contain_text("Plot fourteen")


def test_a_story_is_published_and_found_at_once(desk):
    edit(desk, "/stories/plot-fourteen/")
    desk.get_by_label("Title", exact=False).first.fill("Plot fourteen and the mangelwurzel")
    publish(desk)
    desk.goto("/search/?q=mangelwurzel")
    expect(desk.get_by_role("main")).to_contain_text("Plot fourteen and the mangelwurzel")


def test_a_session_is_changed_and_found_at_once(desk):
    desk.goto("/admin/snippets/surgeries/session/")
    desk.locator("main table tbody a").first.click()
    desk.get_by_label("Title").first.fill("Bring your hurdy-gurdy")
    desk.get_by_role("button", name="Save").first.click()
    expect(desk.locator(".messages .success")).to_be_visible()
    desk.goto("/search/?q=hurdy-gurdy")
    expect(desk.get_by_role("main")).to_contain_text("Bring your hurdy-gurdy")


def test_who_is_no_editor_finds_no_way_in(open_tab):
    page = open_tab(PRIYA)
    page.goto("/stories/plot-fourteen/")
    expect(page.get_by_role("link", name="Edit this page")).to_have_count(0)
    assert page.goto("/admin/").status == 404
