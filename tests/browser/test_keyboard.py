"""The hub without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, PRIYA

PHONE = {"viewport": {"width": 360, "height": 740}}
OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
HIDDEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.bottom <= 0 || box.top >= innerHeight || box.width * box.height === 0;
}"""
# A label, or the picture of a radio button, may show for its control that it has the focus.
SHOWN_BY_ANOTHER = "document.activeElement.matches('.drawn-option input')"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def step_to(page: Page, role: str, name: str, most: int = 80) -> None:
    """Press Tab until the focus is there."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{most} steps do not lead to the {role} “{name}”.")


@pytest.mark.parametrize("path", ["/", "/search/", "/communities/", "/account/login/"])
def test_the_first_step_leads_past_the_masthead(open_tab, path):
    page = open_tab()
    page.goto(path)
    press(page, "Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/search/?q=damp", "/surgeries/", "/people/me/", "/parts/"])
def test_whatever_has_the_focus_shows_it(open_tab, path):
    page = open_tab(PRIYA, reduced_motion="reduce")
    page.goto(path)
    for _ in range(45):
        press(page, "Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(OUTLINE) or page.evaluate(SHOWN_BY_ANOTHER), here
        assert not page.evaluate(HIDDEN), here


def test_the_menu_of_a_phone_opens_leads_on_and_closes(open_tab):
    page = open_tab(**PHONE)
    page.goto("/")
    step_to(page, "button", "Menu")
    press(page, "Enter")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    press(page, "Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


def test_the_menu_of_a_phone_leads_to_the_stories(open_tab):
    page = open_tab(**PHONE)
    page.goto("/")
    step_to(page, "button", "Menu")
    press(page, "Enter")
    step_to(page, "link", "Stories")
    press(page, "Enter")
    page.wait_for_url("**/stories/")


def test_a_question_is_asked_from_the_front_page(open_tab):
    page = open_tab()
    page.goto("/")
    step_to(page, "combobox", "")
    page.keyboard.type("black spots on the wall")
    press(page, "Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.get_by_role("main")).to_contain_text("Damp and mould")


def test_the_list_is_narrowed_on_a_phone(open_tab):
    page = open_tab(**PHONE)
    page.goto("/search/?q=carers")
    page.locator("details.filters > summary").focus()
    press(page, "Enter")
    page.get_by_label(re.compile("^Stories")).focus()
    press(page, "Space")
    page.get_by_role("button", name="Show results").focus()
    press(page, "Enter")
    page.wait_for_url("**kind=story**")


def test_a_community_is_joined_and_left(open_tab):
    page = open_tab(HANNAH)
    page.goto("/communities/winter-warmth/")
    for role, name in (("link", "Join"), ("button", "Join")):
        step_to(page, role, name)
        press(page, "Enter")
    expect(page.get_by_role("status")).to_be_visible()
    for role, name in (("link", "Leave"), ("button", "Leave the community")):
        step_to(page, role, name)
        press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("You have left Winter Warmth.")


def test_a_question_that_is_asked_first_gives_the_focus_back(open_tab):
    page = open_tab()
    page.goto("/parts/")
    question = page.locator("details.dialog summary").first
    question.focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")
    expect(question).to_be_focused()


def test_what_went_wrong_with_a_form_is_read_first_and_leads_to_its_field(open_tab):
    page = open_tab(PRIYA)
    page.goto("/people/me/")
    page.locator("main form.form").evaluate("form => { form.noValidate = true; form.elements.name.value = ''; }")
    page.get_by_role("button", name="Save your page").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.locator("#id_name")).to_be_focused()
    expect(page.locator("#id_name")).to_have_accessible_description(re.compile("This field is required"))
