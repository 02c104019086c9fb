"""The service worker in a browser: a page for when there is no network, and nothing of a reader on the device."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.council import PRIYA, serving, shell, sign_in

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push([name, new URL(request.url).pathname, await answer.text()]);
    }
  }
  return found;
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
READY = "async () => { await navigator.serviceWorker.ready; return true; }"
RENAME = "from core.models import BrandingSettings; hub = BrandingSettings.load(); hub.name = 'Fellmoot'; hub.save()"
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"


class Restarted:
    """A hub that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address, self.running = folder, "", ExitStack()

    def start(self, **environment: str) -> None:
        self.address = self.running.enter_context(serving(self.folder, self.address, **environment))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture
def restarted(tmp_path: Path) -> Iterator[Restarted]:
    hub = Restarted(tmp_path / "council")
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def phone(chromium: Browser, restarted: Restarted) -> Iterator[BrowserContext]:
    with chromium.new_context(base_url=restarted.address, locale="en-GB") as context:
        yield context


def eventually(page: Page, script: str, is_right: Callable[[object], bool]) -> object:
    for _each in range(300):
        if is_right(found := page.evaluate(script)):
            return found
        page.wait_for_timeout(200)
    raise AssertionError(found)


def names(kept: list[list[str]]) -> set[str]:
    return {name for name, _path, _text in kept}


def test_it_shows_a_page_without_a_network_keeps_nothing_of_a_reader_and_can_be_taken_back(
    phone: BrowserContext, restarted: Restarted
) -> None:
    page = phone.new_page()
    sign_in(page, PRIYA)
    assert page.evaluate(READY)
    for path in ("/people/me/", "/communities/foster-care-together/", "/reading/", "/account/email/"):
        page.goto(path)
    kept = page.evaluate(KEPT)
    paths = {path for _name, path, _text in kept}
    assert "/offline/" in paths
    assert all(path == "/offline/" or path.startswith(("/static/", "/style/")) for path in paths)
    assert not any("Priya" in text or PRIYA in text for _name, _path, text in kept)

    restarted.stop()  # no network
    page.goto("/reading/")
    expect(page.get_by_role("heading", name="cannot be reached")).to_be_visible()
    assert page.url.endswith("/reading/")
    restarted.start()
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="What you read")).to_be_visible()

    first = names(page.evaluate(KEPT))
    shell(RENAME, folder=restarted.folder)
    page.evaluate(UPDATE)
    renewed = eventually(page, KEPT, lambda found: bool(found) and names(found).isdisjoint(first))
    assert any("Fellmoot cannot be reached" in text for _name, _path, text in renewed)  # one version, the new one

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert not any("session" in cookie["name"] for cookie in phone.cookies())
    assert all(path == "/offline/" or path.startswith(("/static/", "/style/")) for _n, path, _t in page.evaluate(KEPT))
    page.goto("/reading/")
    assert "/account/login/" in page.url  # and no page from before
    page.goto("/")
    assert page.evaluate(READY)

    restarted.stop()
    restarted.start(SERVICE_WORKER="false")
    page.goto("/")
    page.evaluate(f"async () => {{ try {{ await ({UPDATE})(); }} catch {{}} }}")  # as browsers do by themselves
    eventually(page, WORKERS, lambda count: count == 0)
    assert page.evaluate(KEPT) == []
