"""What somebody does on a page, to see what comes next."""

import time
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page

from demo.cast import PASSWORD
from tests.browser.council import PRIYA

Step = Callable[[Page], object]
REPORTS_IN_AN_HOUR = 20
UNFOLD_AROUND = """link => {
  for (let box = link.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}"""


def nothing_more(page: Page) -> None:
    """The page is what it should be as soon as it is there."""


def follow(name: str) -> Step:
    """Go on to the first date that says so."""
    return lambda page: page.locator(".dates li", has_text=name).first.get_by_role("link").first.click()


def open_talk(name: str) -> Step:
    """Go on to the conversation of that title."""
    return lambda page: page.locator(".talk li", has_text=name).get_by_role("link").first.click()


def then(*steps: Step) -> Step:
    """One after another."""

    def go_on(page: Page) -> None:
        for step in steps:
            step(page)

    return go_on


def go_to(name: str) -> Step:
    """Follow the link of that name, unfolding what it stands in: the step before may only just have left."""

    def follow_it(page: Page) -> None:
        link = page.get_by_role("main").get_by_role("link", name=name, exact=True, include_hidden=True).last
        link.evaluate(UNFOLD_AROUND)
        link.click()

    return follow_it


def go_to_first(name: str) -> Step:
    """Follow the first link that begins so: what it is about is said to whoever hears it only."""
    return lambda page: page.get_by_role("main").get_by_role("link", name=name).first.click()


def headed(words: str) -> Step:
    """The page is the one that it should be, and not one that says it is not there."""
    return lambda page: page.get_by_role("heading", name=words).wait_for()


def offers_to(do: str) -> Step:
    """The page has a button of that name."""
    return lambda page: page.get_by_role("main").get_by_role("button", name=do, exact=True).wait_for()


def send_empty(name: str) -> Step:
    """Press the button of that name with nothing filled in, as no browser lets through."""

    def press(page: Page) -> None:
        page.locator("main form.form").last.evaluate("form => { form.noValidate = true; }")
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        page.locator(".field__error, .message").first.wait_for()

    return press


def to_say_what_it_is_about(page: Page) -> None:
    """From one's lists to a conversation, and to its topics."""
    open_talk("school shoes")(page)
    page.locator("a[href$='/topics/']").click()


def ask_for_nothing(page: Page) -> None:
    """Send a form that holds what no browser would let through."""
    page.locator("form.form").evaluate("form => { form.noValidate = true; form.elements.email.value = 'nobody'; }")
    page.get_by_role("main").get_by_role("button").first.click()


def lose_the_cookie(page: Page) -> None:
    """Send a form whose cookie is gone."""
    page.context.clear_cookies()
    page.get_by_label("E-mail address").fill(PRIYA)
    page.get_by_role("main").get_by_role("button").first.click()


def confirm_the_password(page: Page) -> None:
    """Say once more that it is oneself, where that was longer ago."""
    if page.get_by_role("heading", name="Confirm your password").is_visible():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", level=1).get_by_text("Confirm").wait_for(state="hidden")


def leave_the_name_out(page: Page) -> None:
    page.locator("main form.form").evaluate("form => { form.noValidate = true; form.elements.name.value = ''; }")
    page.get_by_role("button", name="Save your page").click()


def leave_the_purpose_out(page: Page) -> None:
    page.locator("#writing").evaluate("form => { form.noValidate = true; form.elements.purpose.value = ''; }")
    page.get_by_role("button", name="Publish").click()


def publish_nothing(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Write this before others read it").first.wait_for()


def report_it(page: Page) -> None:
    """Say what is wrong, and come to the page of the report."""
    page.get_by_label("What is wrong?").fill("The day is wrong.\n\nIt is a Thursday.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/report/*/")


def send_too_often(page: Page) -> None:
    """Send the empty form until the hub asks to wait, and then what was typed."""
    token = page.locator("main form.form [name=csrfmiddlewaretoken]").input_value()
    for _each in range(REPORTS_IN_AN_HOUR):
        page.request.post(page.url, form={"csrfmiddlewaretoken": token, "text": ""}, headers={"Referer": page.url})
    page.get_by_label("What is wrong?").fill("The day is wrong.")
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("heading", name="Too many tries").wait_for()


def see_to(words: str) -> Step:
    """Follow what is asked of one on the front page."""
    return lambda page: page.locator("main li", has_text=words).first.get_by_role("link").first.click()


def open_the_first_grant(page: Page) -> None:
    page.locator("table.grants th a").first.click()
    for question in page.locator("details.why-allowed summary").all():
        question.click()


def open_the_first_evidence(page: Page) -> None:
    page.locator(".asked-of-you a").first.click()


def give_no_evidence(page: Page) -> None:
    page.locator("main form.form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Give it").click()


def ask_to_be_named_for_nothing(page: Page) -> None:
    page.get_by_role("button", name="Ask to be named").click()


def look_after(*names: str) -> Step:
    """Press one after another what leads into the dates of a surgery."""

    def go_on(page: Page) -> None:
        for name in ("Look after its dates", *names):
            page.get_by_role("main").get_by_text(name).first.click()

    return go_on


def cancel_without_a_reason(page: Page) -> None:
    look_after("Change: Thursday")(page)
    page.locator("form[action$='/cancel/']").evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    page.wait_for_url("**/cancel/")


def refuse_the_first_grant(page: Page) -> None:
    """Send the form without an answer in it."""
    open_the_first_grant(page)
    page.get_by_role("link", name="Refuse it").click()
    page.locator("main form.form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Refuse it").click()


def report_nothing(page: Page) -> None:
    page.locator("main form.form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Send it").click()


def invite_nobody(page: Page) -> None:
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_text("Say whether they work here").first.wait_for()


def extend_or_end(page: Page) -> None:
    page.get_by_role("link", name="Extend or end").first.click()
    page.wait_for_url("**/ways-in/stays/*/")


def upload_people(page: Page) -> None:
    """A file of which one line can be taken and one cannot."""
    lines = b"E-mail,Name,Kind\ngwen@example.net,Gwen Rees,staff\nnobody,Nobody,staff\n"
    page.locator("[name=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": lines})
    page.get_by_role("button", name="Show what would happen").click()
    page.wait_for_url("**/ways-in/people/*/")


def set_a_directory_up(page: Page) -> None:
    """Each time another one: the same hub is looked at in several widths."""
    page.get_by_label("Name", exact=True).fill(f"Entra {time.time_ns()}")
    page.get_by_label("works here").check()
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("heading", name="Tokens").wait_for()


def remove_somebody(page: Page) -> None:
    page.locator("details.tools summary").nth(2).click()
    page.get_by_role("link", name="Remove").first.click()


def save_it(page: Page) -> None:
    """Save the search, where it is not saved yet, and look at all of them."""
    main = page.get_by_role("main")
    if (button := main.get_by_role("button", name="Save this search")).count():
        button.click()
    main.get_by_role("link", name="Your saved searches").click()


def save_and_remove_it(page: Page) -> None:
    save_it(page)
    page.get_by_role("main").get_by_role("button", name="Remove").first.click()


def say_it_is_me(page: Page) -> None:
    """Type the password once more, where it is asked for."""
    if page.get_by_role("heading", name="Confirm your password").count():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def say_one_is_away(page: Page) -> None:
    """From today on, where it is not said yet."""
    if not page.get_by_role("link", name="Change").count():
        say_it(page, date.today().isoformat(), "2030-01-01")  # noqa: DTZ011 (the browser's)


def say_it(page: Page, first: str, last: str) -> None:
    page.get_by_label("First day away").fill(first)
    page.get_by_label("Last day away").fill(last)
    page.get_by_role("button", name="Save these days").click()


def say_it_wrong(page: Page) -> None:
    say_it(page, "2030-01-02", "2030-01-01")


def change_it(page: Page) -> None:
    say_one_is_away(page)
    page.get_by_role("link", name="Change").first.click()


def withdraw_it(page: Page) -> None:
    say_one_is_away(page)
    page.get_by_role("button", name="Withdraw").first.click()


def open_roles(page: Page) -> None:
    page.locator("details.tools summary").first.click()
    page.locator("details.tools[open] a[href$='/roles/']").first.click()
