"""Search on a phone: the answer first, then results, then two people, filters behind one button, and saving last."""

import pytest

from tests.browser.council import PRIYA

SCREEN = {"width": 360, "height": 640}
TOPS = """(names) => names.map((name) => document.querySelector(name)?.getBoundingClientRect().top + window.scrollY)"""
IN_ORDER = [".passage", ".hits > li", ".knows", ".filters", ".save-search"]


@pytest.fixture
def page(open_tab):
    page = open_tab(PRIYA, viewport=SCREEN)
    page.goto("/search/?q=who+knows+about+damp+houses")
    return page


def test_what_people_came_for_stands_first(page):
    tops = page.evaluate(TOPS, IN_ORDER)
    assert tops == sorted(tops)
    assert tops[1] < 1.5 * SCREEN["height"]


def test_two_people_stand_there_and_the_filters_are_shut(page):
    assert page.locator(".knows .ledger > li:visible").count() == 2
    assert page.locator("details.filters[open]").count() == 0


def test_what_it_has_nothing_on_it_says_and_leads_on(page):
    page.goto("/search/?q=annual+leave")
    assert page.get_by_role("heading", name="We have nothing on “annual leave”.").is_visible()
    assert page.get_by_role("link", name="Ask the hub team").is_visible()
