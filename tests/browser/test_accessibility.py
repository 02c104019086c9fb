"""What axe can see: WCAG 2.2 AA and good practice, by day and by night, on a phone and on a desk."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string

from tests.browser.council import PRIYA, TEAM

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # the one sheet is the page's own, so that axe can read it without fetching it again
}
RUN = """async ([where, rules]) => (await axe.run(where, rules)).violations
  .flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target} ${node.html} ${node.failureSummary}`))"""
WIDTHS = (360, 1280)
BY_DAY_AND_BY_NIGHT = ((360, "light"), (1280, "dark"))
"""Every rule at both widths, and the colours of everything by day and by night: what only one width shows is of the
frame, which the front page is asked about in every way."""
EVERY_WAY = tuple(product(WIDTHS, ("light", "dark")))
UNFOLD = """() => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
  for (const foot of document.querySelectorAll(".form__foot")) foot.style.position = "static";
}"""
"""What sticks to the edge of a screen covers, and thus makes small, whatever one has scrolled to just then."""
AXE = Axe()


def faults_of(page, ways=BY_DAY_AND_BY_NIGHT):
    """What axe finds on a page that is there already, everything on it unfolded."""
    page.evaluate(UNFOLD)
    page.evaluate(AXE.axe_script)
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        yield from (f"{width} {scheme} {fault}" for fault in page.evaluate(RUN, ["html", RULES]))


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_axe_finds_nothing_on_the_page_for_when_nothing_works(open_tab, template):
    page = open_tab()
    page.route("**/broken", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html"))
    page.goto("/broken")
    assert list(faults_of(page)) == []


def test_axe_finds_nothing_in_a_question_that_is_asked_first(open_tab):
    page = open_tab()
    page.goto("/parts/")
    page.locator("details.dialog summary").first.click()
    assert page.get_by_role("dialog").is_visible()
    assert list(faults_of(page)) == []


def test_axe_finds_nothing_in_the_menu_of_a_phone(open_tab):
    page = open_tab(viewport={"width": 360, "height": 800})
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.evaluate(AXE.axe_script)
    assert page.evaluate(RUN, ["#nav", RULES]) == []


@pytest.mark.parametrize("person", [PRIYA, TEAM])
def test_axe_finds_nothing_on_the_desk(open_tab, person):
    """Ours of it is the page beside Wagtail's menu."""
    page = open_tab(person)
    page.goto("/admin/")
    page.evaluate(AXE.axe_script)
    for width, scheme in product(WIDTHS, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, [".desk", RULES]) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width


def test_axe_finds_nothing_where_the_hub_team_says_why_it_opens_something_private(open_tab):
    """What is ours of the page: the frame round it is Wagtail's."""
    page = open_tab(TEAM)
    page.goto("/admin/reports/members-only/")
    page.get_by_role("main").get_by_role("link", name="Safe Homes").first.click()
    page.get_by_label("Why do you need to open it?").wait_for()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(RUN, ["main form", RULES]) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
