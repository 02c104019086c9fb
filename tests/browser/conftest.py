"""One Chromium and one hub for each worker, and tabs that tell on every page they show."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

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
        now = context.storage_state()
        if session_of(now) != session_of(given):
            self.cut.pop(person, None)
            if session_of(now):
                self.cut[person] = now


def session_of(state: StorageState) -> str:
    return next((cookie["value"] for cookie in state["cookies"] if "session" in cookie["name"]), "")


@pytest.fixture(scope="session")
def keys(chromium: Browser, hub: str) -> Keys:
    return Keys(chromium, hub)


@pytest.fixture
def open_tab(chromium: Browser, hub: str, keys: Keys) -> Iterator[Callable[..., Page]]:
    """``open_tab(PRIYA)`` is a tab in which Priya is signed in. A test fails when a page in a tab of its own
    complains, breaks the content policy, lacks a file or asks another host for one.
    """
    trouble: list[str] = []
    contexts: list[tuple[str, Any, BrowserContext]] = []

    def open_one(person: str = NOBODY, **options: object) -> Page:
        key = keys.of(person) if person else None
        known = {"storage_state": key} if key else {}
        options = {"service_workers": "block", **known, **options}
        context = chromium.new_context(base_url=hub, locale="en-GB", timezone_id="Europe/London", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append((person, key, context))
        page = context.new_page()
        listen(page, hub, trouble)
        return page

    yield open_one
    for person, key, context in contexts:
        if key:
            keys.take_back(person, key, context)
        context.close()
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
