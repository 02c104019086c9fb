"""While somebody writes, what there is about it already appears beside the form: by keyboard, by ear, as a link."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, SIOBHAN
from tests.browser.test_accessibility import faults_of
from tests.browser.test_editor import DESK, edit

JOIN = "/communities/potholes-and-pavements/join/"
NOTE = "What brings you here?"
HOLE = "The hole in the road outside the chemist"
NEAR = "**/search/near/**"
COUNT_CHANGES = """one => {
  window.changes = 0;
  new MutationObserver(() => window.changes++).observe(one, { childList: true });
}"""


@pytest.fixture
def page(open_tab) -> Page:
    """Where Hannah asks to join."""
    tab = open_tab(HANNAH)
    tab.goto(JOIN)
    return tab


def write(page: Page, words: str = HOLE) -> None:
    page.get_by_label(NOTE).fill("")
    page.get_by_label(NOTE).press_sequentially(words)


def test_what_there_is_appears_while_one_writes(page):
    expect(page.locator(".already")).to_have_count(0)
    write(page)
    expect(page.locator(".already").get_by_role("link", name="The kerb outside the chemist")).to_be_visible()
    expect(page.locator(".already")).to_contain_text("People to ask")
    expect(page.get_by_label(NOTE)).to_be_focused()
    assert list(faults_of(page)) == []


def test_one_question_is_asked_for_a_sentence_and_not_one_for_each_key(page):
    asked = []
    page.on("request", lambda request: "/search/near/" in request.url and asked.append(request.url))
    write(page)
    expect(page.locator(".already")).to_be_visible()
    assert len(asked) == 1


def test_what_one_writes_stands_in_no_address(page):
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    write(page, f"{HOLE}, says Zebedee")
    expect(page.locator(".already")).to_be_visible()
    links = page.locator(".as-you-write a").evaluate_all("links => links.map((link) => link.href)")
    assert any(address.endswith("/search/near/") for address in addresses)
    assert [address for address in [*addresses, *links] if "zebedee" in address.lower()] == []


def test_what_failed_is_asked_again(page):
    page.route(NEAR, lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed"):
        write(page)
    page.get_by_label(NOTE).press("End")
    page.get_by_label(NOTE).press_sequentially("s")
    page.get_by_label(NOTE).press("Backspace")
    expect(page.locator(".already")).to_be_visible()


def test_it_is_said_once(page):
    status = page.locator("form [role=status]")
    write(page)
    expect(status).to_contain_text("about it already")
    said = status.inner_text()
    status.evaluate(COUNT_CHANGES)
    with page.expect_response(NEAR):
        page.get_by_label(NOTE).press_sequentially(" floods whenever it rains")
    expect(status).to_have_text(said)
    assert page.evaluate("window.changes") == 0


def test_a_keyboard_goes_on_to_it_and_a_new_tab_keeps_what_was_written(page):
    write(page)
    expect(page.locator(".already")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator(".already a").first).to_be_focused()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    opened.value.close()
    expect(page.get_by_label(NOTE)).to_have_value(HOLE)


def test_what_is_taken_out_again_takes_it_away(page):
    write(page)
    expect(page.locator(".already")).to_be_visible()
    page.get_by_label(NOTE).fill("")
    expect(page.locator(".already")).to_have_count(0)
    expect(page.locator("form [role=status]")).to_have_text("")


def test_without_a_script_there_is_a_link_to_the_search(open_tab):
    page = open_tab(HANNAH, java_script_enabled=False)
    page.goto(JOIN)
    link = page.get_by_role("link", name="Search for what there is about it already")
    expect(link).to_have_attribute("href", "/search/")
    expect(page.get_by_label(NOTE)).to_be_visible()


def test_the_editor_shows_it_and_not_the_page_itself(open_tab):
    desk = open_tab(SIOBHAN, **DESK)
    edit(desk, "/stories/nineteen-carers-one-kitchen-table/")
    desk.locator("#id_title").fill("Nineteen foster carers at one kitchen table")
    beside = desk.locator("[data-found]")
    expect(beside.get_by_role("link", name="Foster Care Together")).to_be_visible()
    expect(beside).to_contain_text("People to ask")
    expect(beside.get_by_role("link", name="Nineteen carers")).to_have_count(0)
    expect(beside.get_by_role("link").first).to_have_attribute("target", "_blank")
