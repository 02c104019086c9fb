"""Saving, reading and what is put before somebody, as a browser does it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, PRIYA, SIOBHAN
from tests.browser.test_accessibility import faults_of

STORY = "/stories/plot-fourteen/"


def titles(page: Page) -> list[str]:
    return page.locator(".for-you h3").all_inner_texts()


def offered(page: Page) -> list[str]:
    """What the front page puts before its reader: it is found after their first look, and shown to the next."""
    page.goto("/")
    while not (found := titles(page)):
        page.wait_for_timeout(300)
        page.reload()
    return found


def test_a_page_that_is_looked_at_stands_among_what_one_read(open_tab):
    page = open_tab(HANNAH)
    with page.expect_response(re.compile("/reading/opened/")) as told:
        page.goto(STORY)
    assert told.value.status == 204
    page.goto("/reading/")
    expect(page.locator(".kept-list h2").first).to_contain_text("Plot fourteen")  # another test gives it a longer title


def test_one_press_clears_it_and_one_more_switches_it_off(open_tab):
    page = open_tab(SIOBHAN)
    page.goto("/reading/")
    page.get_by_role("button", name="Clear everything").click()
    expect(page.get_by_role("status")).to_contain_text("The list of what you read is cleared.")
    expect(page.get_by_role("button", name="Clear everything")).to_have_count(0)
    page.get_by_role("button", name="Keep nothing").click()
    page.goto(STORY)
    expect(page.locator("[data-opened]")).to_have_count(0)
    page.goto("/reading/")
    page.get_by_role("button", name="Keep what I read").click()
    expect(page.get_by_role("button", name="Keep nothing")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_save_for_later_and_off_the_list_again(open_tab, scripts):
    page = open_tab(HANNAH, java_script_enabled=scripts)
    page.goto(STORY)
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.goto("/reading/saved/")
    page.get_by_role("button", name=re.compile("^Remove.*Plot fourteen")).click()
    page.get_by_role("button", name="Put it back").click()
    page.goto(STORY)
    page.get_by_role("button", name="Remove from your list").click()
    expect(page.get_by_role("button", name="Save for later")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_not_this_goes_at_once_and_comes_back_when_one_takes_it_back(open_tab, scripts):
    page = open_tab(PRIYA, java_script_enabled=scripts)
    before = offered(page)
    page.get_by_role("button", name=re.compile(f"^Not interested.*{re.escape(before[0])}")).click()
    expect(page.locator(".message")).to_contain_text("is hidden here")
    assert before[0] not in titles(page)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert titles(page) == before


def test_what_one_does_not_want_to_see_is_taken_back_on_ones_own_page(open_tab):
    page = open_tab(PRIYA)
    unwanted = offered(page)[0]
    page.get_by_role("button", name=re.compile(f"^Not interested.*{re.escape(unwanted)}")).click()
    page.goto("/reading/")
    expect(page.get_by_role("heading", name=unwanted)).to_be_visible()
    assert list(faults_of(page)) == []
    page.get_by_role("button", name="Show all of them again").click()
    expect(page.get_by_role("heading", name="What you have hidden")).to_have_count(0)
    assert unwanted in offered(page)
