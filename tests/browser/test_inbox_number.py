"""The number beside one's face while a page stays open: it follows, asks less often unseen, ends with the session."""

from collections.abc import Callable

from playwright.sync_api import Page, Response, expect

from tests.browser.council import HANNAH

NUMBER = "[data-inbox-number]"
EVERY = 15_000  # milliseconds
HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def watched(page: Page) -> list[int]:
    """What the hub answers to each question for the number, from now on."""
    answers: list[int] = []

    def note(answer: Response) -> None:
        if answer.url.endswith("/inbox/new/"):
            answers.append(answer.status)

    page.on("response", note)
    return answers


def later(page: Page, milliseconds: int) -> None:
    """Some time goes by for the page, and what it asked, if it did, is answered."""
    page.clock.run_for(milliseconds)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def later_it_asks(page: Page) -> Response:
    """Its answer, however long the machine takes for it, and for the script to read the one before."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.endswith("/inbox/new/") else None)
    for _each in range(100):
        page.clock.run_for(EVERY)
        page.wait_for_timeout(300)
        if answers:
            return answers[0]
    raise AssertionError("it did not ask")


def opened(open_tab: Callable[..., Page]) -> Page:
    page = open_tab(HANNAH)
    page.clock.install()
    page.goto("/people/")
    return page


def test_the_number_follows_while_the_page_stays_open(open_tab):
    page = opened(open_tab)
    expect(page.locator(NUMBER)).to_be_visible()
    other = page.context.new_page()
    other.goto("/inbox/")
    other.get_by_role("button", name="Mark all as read").click()
    other.wait_for_url("**/inbox/?marked=*")
    later_it_asks(page)
    expect(page.locator(NUMBER)).to_be_hidden()
    expect(page.locator("[data-inbox-said]")).to_have_text("nothing new")
    other.get_by_role("button", name="Take it back").click()
    other.wait_for_url("**/inbox/")
    later_it_asks(page)
    expect(page.locator(NUMBER)).to_be_visible()


def test_where_nothing_changed_the_browser_asks_with_the_tag_and_the_answer_is_empty(open_tab):
    page = opened(open_tab)
    tag = later_it_asks(page).headers["etag"]
    assert later_it_asks(page).request.all_headers()["if-none-match"] == tag
    assert page.request.get("/inbox/new/", headers={"If-None-Match": tag}).status == 304
    expect(page.locator(NUMBER)).to_be_visible()


def test_unseen_it_asks_less_and_less_often_and_at_once_when_looked_at(open_tab):
    page = opened(open_tab)
    answers = watched(page)
    page.evaluate(HIDE, True)
    for _quarter in range(8):  # two minutes
        later(page, EVERY)
    assert 0 < len(answers) <= 3
    before = len(answers)
    with page.expect_response("**/inbox/new/"):
        page.evaluate(HIDE, False)
    page.wait_for_timeout(500)
    assert len(answers) == before + 1


def test_once_the_session_is_over_it_asks_no_more_however_often_it_is_looked_at(chromium, hub, keys):
    with chromium.new_context(base_url=hub, storage_state=keys.of(HANNAH), service_workers="block") as context:
        page = context.new_page()
        page.clock.install()
        page.goto("/people/")
        answers = watched(page)
        context.clear_cookies()
        assert later_it_asks(page).status == 403
        for is_hidden in (True, False, True, False):
            page.evaluate(HIDE, is_hidden)
            later(page, EVERY * 8)
        assert answers == [403]
