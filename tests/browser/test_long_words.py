"""What people write that is wider than a phone: lines of code, tables of six columns, one long word, one long name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.council import PRIYA, TEAM, serving, shell, sign_in
from tests.browser.long_words import WORD
from tests.browser.test_reflow import LARGE, sideways, style

SCROLLERS = "pre, .scroll"
INSIDE = """() => [...document.querySelectorAll("pre, .scroll")]
  .filter((one) => one.scrollWidth <= one.clientWidth || one.tabIndex !== 0).map((one) => one.outerHTML.slice(0, 80))"""
WITH_TEXT = ("/communities/long-word/", "/stories/long-word/", "/guidance/long-word/", "/surgeries/sessions/90001/")
PATHS = (
    *WITH_TEXT,
    *("/", "/communities/", "/communities/?topic=long-word", "/communities/long-word/members/", "/stories/"),
    *("/stories/?topic=long-word", "/guidance/", "/guidance/?topic=long-word", "/surgeries/", "/surgeries/long-word/"),
    *("/people/", "/people/?topic=long-word", "/people/long-name/", "/topics/long-word/", "/search/"),
    *(f"/search/?q={WORD}", f"/people/who-knows/?q={WORD}"),
)
SIGNED_IN = ("/communities/long-word/join/", "/reading/", "/reading/saved/", "/people/me/")


@pytest.fixture(scope="module")
def long_hub(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A council of its own, in which somebody wrote one long thing of each kind."""
    folder: Path = tmp_path_factory.mktemp("long") / "council"
    with serving(folder) as address:
        shell("from tests.browser.long_words import write; write()", folder=folder)
        yield address


@pytest.fixture(scope="module")
def tabs(chromium: Browser, long_hub: str) -> Iterator[dict[str, Page]]:
    """A narrow tab for a stranger, for staff and for the hub team."""
    opened = {}
    for person in ("", PRIYA, TEAM):
        context = chromium.new_context(base_url=long_hub, viewport={"width": 320, "height": 640})
        opened[person] = context.new_page()
        if person:
            sign_in(opened[person], person)
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize(
    ("person", "path"),
    [*(("", path) for path in PATHS), *((PRIYA, path) for path in (*PATHS, *SIGNED_IN)), (TEAM, "/"), (TEAM, PATHS[0])],
)
def test_nothing_that_people_write_makes_a_page_scroll_sideways(tabs, person, path):
    page = tabs[person]
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.goto(path).status == 200
    found = {"as it is": sideways(page)}
    page.set_viewport_size({"width": 1280, "height": 800})
    found["on a desk"] = sideways(page)
    style(page, LARGE)
    found["large on a desk"] = sideways(page)
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("path", WITH_TEXT)
def test_lines_of_code_and_tables_scroll_within_themselves_and_by_keyboard(tabs, path):
    page = tabs[""]
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.locator(SCROLLERS).count() >= 2
    assert page.evaluate(INSIDE) == []
