"""The link of an invitation in a real browser, which says less of where a form comes from than a test client."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.council import LINK_TO_ANSWER

PASSWORD = "three herons on a wall"


def test_ivo_says_yes_and_is_in(open_tab: Callable[..., Page]) -> None:
    page = open_tab()
    page.goto(f"/account/invitation/{LINK_TO_ANSWER}/")
    for field in ("A password", "The password again"):
        page.get_by_label(field, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Say yes and sign in").click()
    expect(page.get_by_text("You’re in.")).to_be_visible()

    page.goto(f"/account/invitation/{LINK_TO_ANSWER}/")  # the same e-mail, a week later
    expect(page.get_by_role("link", name="Go on to the hub")).to_be_visible()
