"""Every page of the hub, loaded once and looked at from all sides: what it lacks, how narrow it can be, what axe sees.

That it breaks no content policy and asks no other host is what the tab looks after.
"""

from playwright.sync_api import Page

from tests.browser.places import every_place
from tests.browser.test_accessibility import faults_of
from tests.browser.test_reflow import LARGE, SPACING, plain, sideways, style

NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
HURRY = "for (const picture of document.images) picture.loading = 'eager'"
LOST = "[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)"


def lost_pictures(page: Page) -> list[str]:
    page.evaluate(HURRY)
    page.wait_for_load_state("networkidle")
    return page.evaluate(LOST)


def cut_off(page: Page) -> dict[str, list[str]]:
    """What makes it scroll sideways on a narrow screen, and with the letters of whoever sees or reads less well."""
    found = {"narrow": sideways(page)}
    for name, css in (("large", LARGE), ("spaced", SPACING)):
        style(page, css)
        found[name] = sideways(page)
    page.set_viewport_size(DESK)
    style(page, LARGE)
    found["large on a desk"] = sideways(page)
    plain(page)
    return found


@every_place
def test_a_page_is_whole_fits_every_screen_and_can_be_read_by_everybody(open_tab, place):
    page = place.show_to(open_tab(place.person, viewport=NARROW))
    found = {"pictures": lost_pictures(page), **cut_off(page), "axe": list(faults_of(page))}
    assert {name: what for name, what in found.items() if what} == {}
