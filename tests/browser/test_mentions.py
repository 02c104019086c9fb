"""Names behind an @: offered while one types, chosen by keyboard or finger, in nobody's way."""

from playwright.sync_api import Page, expect

from tests.browser.council import SIOBHAN
from tests.browser.test_accessibility import faults_of
from tests.browser.test_keyboard import press
from tests.browser.test_suggestions import PHONE

PLACE = "/conversations/in/foster-care-together/new/"
POINTED_TO = """box => document.getElementById(box.getAttribute("aria-activedescendant"))
  ?.querySelector(".mentions__name").textContent ?? "" """


def type_in(page: Page, words: str) -> Page:
    page.goto(PLACE)
    page.route(f"**{PLACE}", lambda route: route.fulfill(json={"said": ""}))  # no draft is left to other tests
    page.get_by_label("Your words").click()
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return page


def test_a_name_is_chosen_by_keyboard_and_nothing_else_is_taken_from_it(open_tab):
    page = type_in(open_tab(SIOBHAN), "Ask @pri")
    box = page.get_by_label("Your words")
    assert list(faults_of(page)) == []
    assert box.evaluate(POINTED_TO) == ""
    press(page, "ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Priya Nair")
    assert box.evaluate(POINTED_TO) == "Priya Nair"
    press(page, "Enter")
    expect(box).to_have_value("Ask @Priya Nair ")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type("and @ha")
    expect(page.get_by_role("option").first).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    press(page, "Enter")  # a new line, and no choice
    page.keyboard.type("@pri")
    expect(page.get_by_role("option").first).to_be_visible()
    press(page, "Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).not_to_be_focused()
    expect(box).to_have_value("Ask @Priya Nair and @ha\n@pri")


def test_a_finger_chooses_on_a_small_phone(open_tab):
    page = type_in(open_tab(SIOBHAN, **PHONE), "@pri")
    option = page.get_by_role("option", name="Priya Nair")
    assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    option.tap()
    expect(page.get_by_label("Your words")).to_have_value("@Priya Nair ")
