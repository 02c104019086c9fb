"""Wagtail's editor under the policy that it needs: it opens, shows what will be, and publishes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, SIOBHAN, TEAM

DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def desk(open_tab) -> Page:
    """Where Siobhan writes."""
    return open_tab(SIOBHAN, **DESK)


@pytest.fixture
def office(open_tab) -> Page:
    """Where the hub's team sits."""
    return open_tab(TEAM, **DESK)


def edit(page: Page, path: str) -> None:
    """Go from a page to its editor, as its foot offers."""
    page.goto(path)
    page.get_by_role("contentinfo").get_by_role("link", name="Edit this page").click()
    page.wait_for_url("**/edit/")


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/snippets/surgeries/session/"])
def test_the_editors_pages_open(office, path):
    assert office.goto(path).status == 200
    office.wait_for_load_state("networkidle")
    assert office.url.endswith(path)


def test_a_story_is_previewed(desk):
    edit(desk, "/stories/plot-fourteen/")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe[src*=preview]")
    expect(preview.get_by_role("heading", level=1)).to_contain_text("Plot fourteen")


def test_a_story_is_published_and_found_at_once(desk):
    edit(desk, "/stories/plot-fourteen/")
    desk.locator("#id_title").fill("Plot fourteen and the mangelwurzel")
    publish(desk)
    desk.goto("/search/?q=mangelwurzel")
    expect(desk.get_by_role("main")).to_contain_text("Plot fourteen and the mangelwurzel")


def test_a_session_is_changed_and_found_at_once(office):
    office.goto("/admin/snippets/surgeries/session/")
    office.locator("main table tbody a").first.click()
    office.locator("#id_title").fill("Bring your hurdy-gurdy")
    office.get_by_role("button", name="Save").first.click()
    expect(office.locator(".messages .success")).to_be_visible()
    office.goto("/search/?q=hurdy-gurdy")
    expect(office.get_by_role("main")).to_contain_text("Bring your hurdy-gurdy")


def test_who_is_no_editor_finds_no_way_in(open_tab):
    page = open_tab(HANNAH)
    page.goto("/stories/plot-fourteen/")
    expect(page.get_by_role("link", name="Edit this page")).to_have_count(0)
    assert page.goto("/admin/").status == 404
