"""What a search box offers while one types: by keyboard, by ear, by finger, and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import PRIYA
from tests.browser.test_accessibility import faults_of
from tests.browser.test_keyboard import press

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
ADDRESS = "**/search/suggestions/*"


def type_in(page: Page, words: str, path: str = "/") -> Page:
    """Go to a page and type into its search box, until the box has something to offer."""
    page.goto(path)
    page.get_by_role("combobox").fill("")
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return page


POINTED_TO = """box => {
  const one = document.getElementById(box.getAttribute("aria-activedescendant"));
  return one?.querySelector(".search-form__offer").textContent ?? "";
}"""


def chosen(page: Page) -> str:
    """The option that the box points to, as assistive technology is told."""
    return str(page.get_by_role("combobox").evaluate(POINTED_TO))


def test_arrows_choose_and_enter_goes_there(open_tab):
    page = type_in(open_tab(), "fost tog")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    press(page, "ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(re.compile("Foster Care Together"))
    assert chosen(page) == "Foster Care Together"
    expect(box).to_be_focused()
    press(page, "Enter")
    page.wait_for_url("**/communities/foster-care-together/")


def test_past_either_end_one_is_in_the_field_again(open_tab):
    page = type_in(open_tab(), "fo", "/search/?q=damp")
    names = page.locator("[role=option] .search-form__offer").all_inner_texts()
    seen = []
    for _ in range(len(names) + 1):
        press(page, "ArrowDown")
        seen.append(chosen(page))
    assert seen == [*names, ""]
    press(page, "ArrowUp")
    assert chosen(page) == names[-1]


def test_enter_without_a_choice_searches(open_tab):
    page = type_in(open_tab(), "fost")
    press(page, "Enter")
    page.wait_for_url("**/search/?q=fost")


def test_escape_closes_the_list_and_keeps_the_words_and_an_arrow_opens_it_again(open_tab):
    page = type_in(open_tab(), "fost")
    box = page.get_by_role("combobox")
    press(page, "ArrowDown", "Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("fost")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert chosen(page) == ""
    press(page, "ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_home_and_end_stay_in_the_text(open_tab):
    page = type_in(open_tab(), "care")
    press(page, "ArrowDown", "Home")
    assert chosen(page) == ""
    page.keyboard.type("kinship ")
    press(page, "End")
    page.keyboard.type("r")
    expect(page.get_by_role("combobox")).to_have_value("kinship carer")


def test_leaving_the_field_closes_the_list(open_tab):
    page = type_in(open_tab(), "fost")
    press(page, "Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask")).to_be_focused()


def test_a_screen_reader_hears_how_many_there_are(open_tab):
    page = type_in(open_tab(), "fost tog")
    said = page.locator(".search-form [role=status]")
    expect(said).to_have_text("1 suggestion.")
    page.get_by_role("combobox").fill("fost zzz")
    expect(said).to_have_text("No suggestions.")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("combobox").fill("")
    expect(said).to_have_text("")


def test_a_finger_chooses(open_tab):
    page = type_in(open_tab(**PHONE), "fost")
    option = page.get_by_role("option", name=re.compile("Foster Care Together"))
    assert option.bounding_box()["height"] >= 44
    option.tap()
    page.wait_for_url("**/communities/foster-care-together/")


def test_one_is_asked_once_for_words_typed_in_one_go(open_tab):
    page = open_tab()
    asked = []
    page.on("request", lambda request: "/suggestions/" in request.url and asked.append(request.url))
    type_in(page, "foster")
    assert len(asked) == 1


def test_what_was_asked_before_is_given_up_so_that_no_late_answer_comes_over_a_newer_one(open_tab):
    page = open_tab()
    slow = re.compile(r"suggestions/\?q=fost$")
    page.route(slow, lambda route: None)  # never answered
    page.goto("/")
    box = page.get_by_role("combobox")
    with page.expect_request(slow):
        box.fill("fost")
    with page.expect_event("requestfailed", lambda request: bool(slow.search(request.url))):
        box.fill("damp")
    expect(page.get_by_role("option").first).to_contain_text(re.compile("damp", re.IGNORECASE))


def test_a_box_that_gets_no_answer_still_searches(open_tab):
    page = open_tab()
    page.route(ADDRESS, lambda route: route.abort())
    page.goto("/")
    page.get_by_role("combobox").fill("damp")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    press(page, "Enter")
    page.wait_for_url("**/search/?q=damp")


def test_priya_is_offered_people_and_a_stranger_only_who_is_there_for_everyone(open_tab):
    page = type_in(open_tab(PRIYA), "priya")
    expect(page.get_by_role("option", name=re.compile("Priya Nair"))).to_contain_text("Person")


@pytest.mark.parametrize("path", ["/", "/search/?q=damp"])
def test_axe_finds_nothing_with_the_list_open(open_tab, path):
    page = type_in(open_tab(), "fo", path)
    press(page, "ArrowDown")
    assert list(faults_of(page)) == []
    expect(page.get_by_role("listbox")).to_be_visible()


def test_the_list_covers_what_stands_below_and_makes_no_page_scroll_sideways(open_tab):
    page = type_in(open_tab(viewport={"width": 320, "height": 640}), "fo")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    last = page.get_by_role("option").last
    last.scroll_into_view_if_needed()
    assert last.evaluate(
        """one => {
          const box = one.getBoundingClientRect();
          return one.contains(document.elementFromPoint(box.x + 8, box.y + box.height / 2));
        }"""
    )


def test_without_a_script_it_is_a_plain_field(open_tab):
    page = open_tab(java_script_enabled=False)
    page.goto("/")
    box = page.get_by_role("searchbox")
    box.fill("foster")
    box.press("Enter")
    page.wait_for_url("**/search/?q=foster")
    expect(page.get_by_role("listbox")).to_have_count(0)
