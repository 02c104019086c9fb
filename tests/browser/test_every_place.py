"""Every page of the hub, loaded once and looked at from all sides: what it lacks, how narrow it can be, what axe sees.

That it breaks no content policy and asks no other host is what the tab looks after.
"""

from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.browser.places import PAGES_OF_TALK, every_place
from tests.browser.test_accessibility import BY_DAY_AND_BY_NIGHT, EVERY_WAY, faults_of
from tests.browser.test_reflow import LARGE, SPACING, plain, sideways, style

NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
LOST = """async () => {
  const pictures = [...document.images];
  for (const one of pictures) one.loading = "eager";
  await Promise.all(pictures.map((one) => one.decode().catch(() => null)));
  return pictures.filter((one) => !one.naturalWidth).map((one) => one.src);
}"""
SEEN_IN_EVERY_WAY = ("/", "/parts/")
"""The frame of all pages, and all that pages are made of."""


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
    promised = {address for address, name in PAGES_OF_TALK.items() if name == place.name}
    assert not promised or resolve(urlsplit(page.url).path).url_name in promised
    ways = EVERY_WAY if place.path in SEEN_IN_EVERY_WAY else BY_DAY_AND_BY_NIGHT
    found = {"pictures": page.evaluate(LOST), **cut_off(page), "axe": list(faults_of(page, ways))}
    assert {name: what for name, what in found.items() if what} == {}
