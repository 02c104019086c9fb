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
    links = [link for link in page.locator(".breadcrumbs a").all() if link.is_visible()]
    assert len(links) == 1
    assert page.locator(".breadcrumbs").bounding_box()["height"] < 60


@pytest.mark.parametrize("path", PAGES)
def test_paper_has_no_buttons_and_says_where_it_is_from(open_tab, path):
    page = open_tab(PRIYA)
    page.goto(path)
    page.emulate_media(media="print")
    pressed = page.locator("button, .btn, .tabs, .tabs__line, summary, .nav, .week")
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


# -- surgeries ---------------------------------------------------------------------------------------------------------
WALK = "/surgeries/walk-the-park-with-us/"


def a_session(page: Page) -> None:
    page.goto(WALK)
    page.locator(".dates a").nth(1).click()
    expect(page.locator(".when-where")).to_be_visible()


def test_a_session_says_when_where_what_to_bring_and_who_before_its_words(open_tab):
    page = open_tab(PRIYA, **PHONE)
    a_session(page)
    order = tops(page, "h1", ".when-where", ".bring", "#mentors-heading", ".words", "#dates-heading", "#whose")
    assert order == sorted(order)
    assert order[1] < 400


@pytest.mark.parametrize("width", [360, 1280])
def test_buttons_and_words_keep_their_distance(open_tab, width):
    page = open_tab(PRIYA, viewport={"width": width, "height": 800})
    a_session(page)
    buttons, who = page.locator(".layout-three .buttons").bounding_box(), page.locator(".who").bounding_box()
    assert who["y"] - (buttons["y"] + buttons["height"]) >= 16
    page.goto("/guidance/lamps-for-parks/")
    save, words = page.locator(".save").bounding_box(), page.locator(".prose").bounding_box()
    assert words["y"] - (save["y"] + save["height"]) >= 16


def test_the_way_into_ones_own_calendar_stands_at_the_top_of_the_schedule(open_tab):
    page = phone(open_tab, PRIYA, "/surgeries/")
    link = page.get_by_role("link", name="Subscribe in your calendar")
    assert top(link) < 700
    assert link.get_attribute("href").startswith("webcal://")
    page.get_by_text("The address, and how on a phone").click()
    address = page.get_by_label("The address for your calendar").input_value()
    assert address.partition("://")[2] == link.get_attribute("href").partition("://")[2]
    assert page.request.get(address).headers["content-type"].startswith("text/calendar")


def test_days_that_are_over_are_folded_away(open_tab):
    page = phone(open_tab, NOBODY, "/surgeries/")
    folded = page.locator(".held > summary")
    if folded.count() == 0:  # on a Monday no day of the week is over
        days = page.locator(".day").evaluate_all("days => days.map((day) => day.id)")
        assert min(days) == page.locator(".day.today").get_attribute("id")
        return
    over = page.locator(".held .day")
    expect(over.first).to_be_hidden()
    folded.click()
    expect(over.first).to_be_visible()
    expect(page.locator(".held .today")).to_have_count(0)


def test_a_week_that_is_over_is_shown_whole(open_tab):
    page = phone(open_tab, NOBODY, "/surgeries/")
    page.get_by_role("link", name="The week before").click()
    expect(page.locator(".day").first).to_be_visible()
    expect(page.locator(".held")).to_have_count(0)


# -- guidance ----------------------------------------------------------------------------------------------------------
def test_guidance_stands_in_two_columns_and_is_searched_there(open_tab):
    page = open_tab(PRIYA, viewport={"width": 1280, "height": 800})
    page.goto("/guidance/")
    first, second = (page.locator(".guidance-row").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] == second["y"]
    page.get_by_label("Search the guidance").fill("damp")
    page.get_by_label("Search the guidance").press("Enter")
    expect(page.locator(".hits .hits__kind, .passage").first).to_be_visible()
    assert set(page.locator(".hits .hits__kind").all_inner_texts()) <= {"Guidance"}


def test_who_checked_it_stands_under_the_title_on_a_phone(open_tab):
    page = phone(open_tab, PRIYA, "/guidance/lamps-for-parks/")
    checked = page.locator("header .tag", has_text="Checked by Colin Threlfall on")
    assert top(page.locator("h1")) < top(checked) < top(page.locator(".prose"))


# -- the front page ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [320, 768, 1280, 1900])
@pytest.mark.parametrize("person", [NOBODY, PRIYA], ids=["nobody", "priya"])
def test_no_ray_of_the_sun_runs_through_a_link(open_tab, person, width):
    page = open_tab(person, viewport={"width": width, "height": 800})
    page.goto("/")
    scene = top(page.locator(".hero .scene"))
    ends = page.locator(".hero :is(a, button, p)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom + scrollY)"
    )
    assert max(ends) <= scene + 1


def test_a_desk_shows_the_next_date_of_a_community_on_its_first_screen(open_tab):
    page = open_tab(PRIYA, viewport={"width": 1280, "height": 800})
    page.goto(FOSTER)
    date = page.locator("#surgeries h3").bounding_box()
    first_line = 32  # the next one's name may be long and take two
    assert date["y"] + first_line <= 800
