"""What a page may load, how much of it there is, and what becomes of it on paper and in the reader's own colours."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.browser.council import PRIYA
from tests.browser.places import FOSTER

KILOBYTE = 1024


def loaded(page, path, kind):
    """What a page at ``path`` loads of one kind: "stylesheet", "script", "font"."""
    answers = []
    page.on("response", lambda answer: answer.request.resource_type == kind and answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return answers


@pytest.mark.parametrize("path", ["/", "/search/?q=damp", FOSTER, "/no/such/page/"])
def test_the_policy_of_a_page_allows_nothing_inline(open_tab, path):
    policy = open_tab(PRIYA).goto(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_style_sheet_is_one_file_of_less_than_20_kb(open_tab):
    (sheet,) = loaded(open_tab(kept=False), "/", "stylesheet")
    assert sheet.headers["content-encoding"] == "gzip"
    assert sheet.request.sizes()["responseBodySize"] <= 20 * KILOBYTE


@pytest.mark.parametrize(
    "path", ["/", "/search/?q=damp", "/people/me/", "/parts/", "/conversations/in/foster-care-together/new/"]
)
def test_the_scripts_of_a_page_are_less_than_15_kb(open_tab, path):
    scripts = loaded(open_tab(PRIYA, kept=False), path, "script")
    assert sum(len(gzip.compress(script.body())) for script in scripts) <= 15 * KILOBYTE


def test_the_fonts_of_every_page_are_asked_for_before_the_style_sheet_names_them(open_tab):
    page = open_tab(kept=False)
    fonts = {answer.url for answer in loaded(page, "/", "font")}
    ahead = set(page.eval_on_selector_all("link[rel=preload][as=font]", "links => links.map((link) => link.href)"))
    assert ahead
    assert ahead <= fonts
    assert page.evaluate("document.fonts.check('1rem Piazzolla') && document.fonts.check('1rem \"Source Sans\"')")


@pytest.mark.parametrize("path", ["/", FOSTER, "/guidance/lamps-for-parks/"])
def test_paper_bears_the_words_without_what_one_presses(open_tab, path):
    page = open_tab(color_scheme="dark")
    page.goto(path)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for pressed in (".nav", ".masthead .tool", ".footer", ".buttons", ".search-form"):
        for one in page.locator(pressed).all():
            expect(one).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_the_readers_own_colours_still_show_where_one_is(open_tab):
    page = open_tab()
    page.emulate_media(forced_colors="active")
    page.goto("/communities/")
    width = "one => parseFloat(getComputedStyle(one).borderBlockEndWidth)"
    for here in (".nav [aria-current]", ".tabs__choice[aria-current]"):
        assert page.locator(here).first.evaluate(width) >= 3


def test_nothing_moves_for_who_wants_no_motion(open_tab):
    page = open_tab(reduced_motion="reduce")
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
