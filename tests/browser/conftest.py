"""One Chromium and one hub for each worker, and tabs that tell on every page they show."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect, sync_playwright

from tests.browser.council import NOBODY, serving, sign_in
from tools import browser
from tools.places import in_ci

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_TROUBLE = ("Failed to load resource", "Service Worker registration blocked")
PATIENCE = 15_000  # milliseconds; a busy machine is no defect
SCREEN: ViewportSize = {"width": 1280, "height": 720}
NO_KEY: StorageState = {"cookies": [], "origins": []}


@pytest.hookimpl(tryfirst=True)  # before "-m" chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lives in this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = browser.chromium()
    if executable is None:
        (pytest.fail if in_ci() else pytest.skip)(browser.HOW_TO_GET)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of all other tests
        expect.set_options(timeout=PATIENCE)
        yield playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)


@pytest.fixture(scope="session")
def hub(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a hub that this worker has for itself."""
    with serving(tmp_path_factory.mktemp("hub") / "council") as address:
        yield address


class Keys:
    """The cookies with which somebody is signed in: each signs in once.

    A session has another key once its password was typed again: whoever opens the next tab needs the new one.
    """

    def __init__(self, chromium: Browser, hub: str) -> None:
        self.chromium, self.hub = chromium, hub
        self.cut: dict[str, StorageState] = {}

    def of(self, person: str) -> StorageState:
        if person not in self.cut:
            with self.chromium.new_context(base_url=self.hub) as context:
                page = context.new_page()
                sign_in(page, person)
                self.cut[person] = context.storage_state()
        return self.cut[person]

    def take_back(self, person: str, given: StorageState, context: BrowserContext) -> None:
        """After a tab: keep its session where that has another key now, and none where somebody signed out."""
        cookies = context.cookies()
        if session_of(cookies) != session_of(given["cookies"]):
            self.cut.pop(person, None)
            if session_of(cookies):
                self.cut[person] = {"cookies": cookies, "origins": []}


def session_of(cookies: Iterable[Mapping[str, Any]]) -> str:
    return next((cookie["value"] for cookie in cookies if "session" in cookie["name"]), "")


@pytest.fixture(scope="session")
def keys(chromium: Browser, hub: str) -> Keys:
    return Keys(chromium, hub)


class Browsers:
    """The browsers of this worker: one for each person and each way of looking, given from test to test, so that
    styles, scripts and fonts are fetched once. Each test finds the cookies of a sign-in there and nothing else.
    """

    def __init__(self, chromium: Browser, hub: str, keys: Keys) -> None:
        self.chromium, self.hub, self.keys = chromium, hub, keys
        self.free: dict[str, list[BrowserContext]] = defaultdict(list)

    @contextmanager
    def lent(self, person: str, *, kept: bool, **options: Any) -> Iterator[BrowserContext]:
        """A browser in which ``person`` is signed in. One that is not kept has fetched nothing yet."""
        free = self.free[f"{person} {sorted(options.items())}"] if kept else []
        context = free.pop() if free else self._new(options)
        key = self.keys.of(person) if person else NO_KEY
        context.add_cookies(key["cookies"])
        yield context
        if person:
            self.keys.take_back(person, key, context)
        if not kept:
            context.close()
            return
        for page in context.pages:
            page.close()
        context.clear_cookies()
        free.append(context)

    def _new(self, options: Mapping[str, Any]) -> BrowserContext:
        context = self.chromium.new_context(
            base_url=self.hub, locale="en-GB", timezone_id="Europe/London", service_workers="block", **options
        )
        context.set_default_timeout(PATIENCE)
        return context


@pytest.fixture(scope="session")
def browsers(chromium: Browser, hub: str, keys: Keys) -> Browsers:
    return Browsers(chromium, hub, keys)


@pytest.fixture
def open_tab(browsers: Browsers, hub: str) -> Iterator[Callable[..., Page]]:
    """``open_tab(PRIYA)`` is a tab in which Priya is signed in. A test fails when a page in a tab of its own
    complains, breaks the content policy, lacks a file or asks another host for one. A test that looks at what a page
    fetches wants a browser that is not ``kept`` from others.
    """
    trouble: list[str] = []
    with ExitStack() as lent:

        def open_one(
            person: str = NOBODY, *, viewport: ViewportSize = SCREEN, kept: bool = True, **options: Any
        ) -> Page:
            page = lent.enter_context(browsers.lent(person, kept=kept, **options)).new_page()
            page.set_viewport_size(viewport)
            listen(page, hub, trouble)
            return page

        yield open_one
    assert trouble == []


def listen(page: Page, hub: str, trouble: list[str]) -> None:
    """Write down what goes wrong in ``page``. A page that answers 404 or 422 is none of it, a file is."""

    def hear(kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(NO_TROUBLE):
            trouble.append(f"{page.url} says: {text}")

    page.on("console", lambda message: hear(message.type, message.text))
    page.on("pageerror", lambda error: hear("error", str(error)))
    page.on(
        "request", lambda asked: asked.url.startswith((hub, "data:", "blob:")) or hear("error", f"asks {asked.url}")
    )
    page.on("response", lambda answer: _is_lost(answer) and hear("error", f"{answer.status} for {answer.url}"))


def _is_ours(address: str, hub: str) -> bool:
    return address.startswith((hub, "data:", "blob:"))


def _is_lost(answer: object) -> bool:
    return answer.status >= 400 and answer.request.resource_type != "document"
