"""What people came for stands first: measured on a phone, and on paper."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.council import NOBODY, PRIYA, SIOBHAN
from tests.browser.places import FOSTER, PARKS

PHONE = {"viewport": {"width": 360, "height": 740}}
PAGES = ("/", FOSTER, "/stories/nineteen-carers-one-kitchen-table/", "/guidance/lamps-for-parks/", "/surgeries/")


def top(one: Locator) -> float:
    """How far down the page something begins."""
    return one.first.evaluate("one => one.getBoundingClientRect().top + scrollY")


def tops(page: Page, *selectors: str) -> list[float]:
    return [top(page.locator(selector)) for selector in selectors]


def phone(open_tab, person: str, path: str) -> Page:
    page = open_tab(person, **PHONE)
    page.goto(path)
    return page


@pytest.mark.parametrize("path", [FOSTER, PARKS, "/communities/carers-bridge/"])
@pytest.mark.parametrize("person", [NOBODY, PRIYA, SIOBHAN], ids=["nobody", "priya", "siobhan"])
def test_the_name_of_a_community_stands_in_the_first_200_pixels(open_tab, person, path):
    page = phone(open_tab, person, path)
    assert top(page.locator("h1")) < 200
    order = tops(page, "h1", ".community-head .tags", ".tabs", "#surgeries, #facilitators-heading", "#members")
    assert order == sorted(order)


def test_whoever_belongs_does_not_meet_the_way_out_first(open_tab):
    page = phone(open_tab, PRIYA, PARKS)
    assert top(page.get_by_role("link", name="Leave")) > top(page.locator("#members"))


def test_the_margin_of_a_community_is_used(open_tab):
    page = open_tab(PRIYA, viewport={"width": 1280, "height": 800})
    page.goto(PARKS)
    beside = [page.locator(one).bounding_box() for one in ("#surgeries", "#facilitators-heading", "#mandate")]
    assert all(box["x"] > 800 for box in beside)
    expect(page.get_by_role("link", name="Write to the facilitators")).to_be_visible()


@pytest.mark.parametrize("path", [FOSTER, f"{FOSTER}members/", "/guidance/lamps-for-parks/", "/people/siobhan-keogh/"])
def test_on_a_phone_there_is_one_way_back(open_tab, path):
    page = phone(open_tab, PRIYA, path)
    links = [link for link in page.locator(".crumbs a").all() if link.is_visible()]
    assert len(links) == 1
    assert page.locator(".crumbs").bounding_box()["height"] < 60


@pytest.mark.parametrize("path", PAGES)
def test_paper_has_no_buttons_and_says_where_it_is_from(open_tab, path):
    page = open_tab(PRIYA)
    page.goto(path)
    page.emulate_media(media="print")
    pressed = page.locator("button, .btn, .tabs, .bar, .filters > summary, .fold > summary, .nav, .week")
    assert [one.inner_text() for one in pressed.all() if one.is_visible()] == []
    expect(page.locator(".on-paper")).to_contain_text(page.url)


def test_on_a_screen_the_address_is_not_repeated(open_tab):
    page = open_tab()
    page.goto("/")
    expect(page.locator(".on-paper")).to_be_hidden()


def test_the_mandate_is_one_press_away_on_a_phone(open_tab):
    page = phone(open_tab, NOBODY, FOSTER)
    page.get_by_role("link", name="The mandate").click()
    expect(page.locator("#mandate dl")).to_be_visible()
