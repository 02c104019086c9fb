"""Everything that reads, joins and searches without a script."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, NOBODY, PRIYA, SIOBHAN, sign_in

WEEKS = [timedelta(weeks=n) for n in range(4)]


@pytest.fixture
def plain_tab(open_tab):
    """A tab of a browser that runs no script."""

    def open_one(person: str = NOBODY, **options: object) -> Page:
        return open_tab(person, java_script_enabled=False, **options)

    return open_one


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Next surgeries"),
        ("/stories/nineteen-carers-one-kitchen-table/", "Nineteen carers, one kitchen table"),
        ("/guidance/lamps-for-parks/", "How far to trust it"),
        ("/communities/foster-care-together/", "The mandate"),
        ("/surgeries/", "All surgeries"),
    ],
)
def test_pages_are_read(plain_tab, path, words):
    page = plain_tab()
    page.goto(path)
    expect(page.get_by_role("main")).to_contain_text(words)


def test_the_menu_of_a_phone_opens(plain_tab):
    page = plain_tab(viewport={"width": 360, "height": 740})
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Guidance").first.click()
    page.wait_for_url("**/guidance/")


def test_a_search_is_narrowed_and_turned_over(plain_tab):
    page = plain_tab()
    page.goto("/")
    page.get_by_role("searchbox").fill("people")
    press(page, "Ask")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[aria-current=page]", has_text="2")).to_be_visible()
    page.locator("details.filters > summary").click()
    page.get_by_label(re.compile("^Stories")).check()
    press(page, "Show results")
    expect(page.get_by_label(re.compile("^Stories"))).to_be_checked()
    assert set(page.locator(".hits .hits__kind").all_inner_texts()) == {"Story"}


def test_people_are_found_by_name_and_by_what_they_know(plain_tab):
    page = plain_tab(PRIYA)
    page.goto("/people/?q=siobhan")
    expect(page.get_by_role("link", name="Siobhan Keogh")).to_be_visible()
    page.goto("/people/")
    page.locator("details.filters > summary").click()
    page.locator("details.filters a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("People who know about")


def test_somebody_signs_in_and_out(plain_tab):
    page = plain_tab()
    sign_in(page, HANNAH)
    page.goto("/account/logout/")
    press(page, "Sign out")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in").last).to_be_visible()


def test_a_community_is_joined_and_left(plain_tab):
    page = plain_tab(HANNAH)
    page.goto("/communities/potholes-and-pavements/")
    page.get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("What brings you here?").fill("The hole outside the chemist")
    press(page, "Join")
    expect(page.get_by_text("You are a member", exact=True)).to_be_visible()
    page.get_by_role("link", name="Leave").click()
    press(page, "Leave the community")
    expect(page.get_by_role("status")).to_contain_text("You have left")


def test_who_asks_to_join_is_let_in(plain_tab):
    page = plain_tab(SIOBHAN)
    page.goto("/communities/foster-care-together/members/")
    before = page.get_by_role("button", name="Accept").count()
    press(page, "Accept")
    expect(page.get_by_role("status").first).to_contain_text("is a member now.")
    expect(page.get_by_role("button", name="Accept")).to_have_count(before - 1)


def test_a_request_is_made_and_taken_back(plain_tab):
    page = plain_tab(SIOBHAN)
    page.goto("/communities/benefits-first-visit/")
    page.get_by_role("link", name="Ask to join").click()
    press(page, "Ask to join")
    expect(page.get_by_text("You asked to join", exact=True)).to_be_visible()
    page.get_by_role("link", name="Withdraw request").click()
    press(page, "Withdraw request")
    expect(page.get_by_role("link", name="Ask to join")).to_be_visible()


def test_a_surgery_is_held_every_week_but_for_one_day_and_a_date_is_cancelled_because(plain_tab):
    page, first = plain_tab(SIOBHAN), datetime.now(UTC).date() + timedelta(days=30)
    page.goto("/surgeries/kinship-and-foster-carers-drop-in/")
    for name in ("Look after its dates", "Another pattern"):
        page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.get_by_label("Every week", exact=True).check()
    page.locator("[name=weekday]").select_option(str(first.weekday()))
    page.locator("[name=on_closed_days]").check()
    for name, said in (("begins", "07:15"), ("ends", "08:00"), ("first", first), ("until", first + WEEKS[3])):
        page.locator(f"[name={name}]").fill(str(said))
    press(page, "Show me the dates")
    boxes = page.locator("main input[name=date]")
    assert boxes.count() == 4
    boxes.nth(1).uncheck()
    press(page, "Make")
    made = page.locator("main li", has_text="07:15").filter(has_not_text="Every")
    expect(made).to_have_count(3)
    made.first.get_by_role("link", name="Change").click()
    page.locator("form[action$='/cancel/'] [name=why]").fill("The hall is painted.")
    press(page, "Cancel it")
    expect(page.get_by_role("main")).to_contain_text("The hall is painted.")


def test_guidance_is_checked(plain_tab):
    page = plain_tab(SIOBHAN)
    page.goto("/guidance/how-the-kinship-allowance-works/")
    press(page, "It still holds")
    expect(page.get_by_text("It may no longer hold.")).to_have_count(0)


def test_a_profile_is_changed(plain_tab):
    page = plain_tab(HANNAH)
    page.goto("/people/me/")
    page.get_by_label("About you").fill("Asks before she mends.")
    press(page, "Save your page")
    expect(page.get_by_role("status").first).to_contain_text("Your page is saved.")
    expect(page.get_by_text("Asks before she mends.")).to_be_visible()


def test_a_search_is_saved_removed_and_brought_back(plain_tab):
    page = plain_tab(HANNAH)
    page.goto("/search/?q=damp")
    press(page, "Save this search")
    expect(page.get_by_text("You have saved this search")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Your saved searches").click()
    page.locator("details.feed summary").first.click()
    expect(page.get_by_label("The address for your feed reader")).to_have_value(re.compile(r"^http.+\.atom$"))
    press(page, "Remove")
    press(page, "Bring it back")
    expect(page.get_by_role("link", name="damp", exact=True)).to_be_visible()
