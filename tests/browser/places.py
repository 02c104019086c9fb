"""Every kind of page that the hub has, as somebody finds it there."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page

from demo.cast import PASSWORD
from tests.browser.council import HANNAH, LINK, NOBODY, PRIYA, SIOBHAN, TEAM

Step = Callable[[Page], object]
REPORTS_IN_AN_HOUR = 20


def nothing_more(page: Page) -> None:
    """The page is what it should be as soon as it is there."""


def follow(name: str) -> Step:
    """Go on to the first date that says so."""
    return lambda page: page.locator(".dates li", has_text=name).first.get_by_role("link").first.click()


def open_talk(name: str) -> Step:
    """Go on to the conversation of that title."""
    return lambda page: page.locator(".talk li", has_text=name).get_by_role("link").first.click()


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


@dataclass(frozen=True)
class Place:
    """A page of the hub: where one begins, who one is, and what one does to see it."""

    name: str
    path: str
    person: str = NOBODY
    then: Step = nothing_more

    def show_to(self, page: Page) -> Page:
        page.goto(self.path)
        self.then(page)
        page.wait_for_load_state()
        return page

    def __str__(self) -> str:
        return f"{self.name}, {self.person.partition('.')[0] or 'nobody'}"


FOSTER = "/communities/foster-care-together/"
PARKS = "/communities/parks-at-dusk/"
FOR_ALL = (
    ("front", "/", nothing_more),
    ("communities", "/communities/", nothing_more),
    ("no communities", "/communities/?topic=no-such-topic", nothing_more),
    ("community", FOSTER, nothing_more),
    ("pilot", "/communities/carers-bridge/", nothing_more),
    ("register of grants", "/rights/", nothing_more),
    ("register without an entry", "/rights/?community=nowhere", nothing_more),
    ("refused grant", "/rights/?state=refused", open_the_first_grant),
    ("members", f"{FOSTER}members/", nothing_more),
    ("stories", "/stories/", nothing_more),
    ("stories about a topic", "/stories/?topic=fostering", nothing_more),
    ("story", "/stories/nineteen-carers-one-kitchen-table/", nothing_more),
    ("guidance", "/guidance/", nothing_more),
    ("page of guidance", "/guidance/lamps-for-parks/", nothing_more),
    ("overdue guidance", "/guidance/how-the-kinship-allowance-works/", nothing_more),
    ("schedule", "/surgeries/", nothing_more),
    ("surgery", "/surgeries/walk-the-park-with-us/", nothing_more),
    ("cancelled session", "/surgeries/walk-the-park-with-us/", follow("Cancelled")),
    ("moved session", "/surgeries/walk-the-park-with-us/", follow("Was")),
    ("people", "/people/", nothing_more),
    ("person", "/people/siobhan-keogh/", nothing_more),
    ("who knows", "/people/who-knows/", nothing_more),
    ("who knows about damp", "/people/who-knows/?q=damp+on+my+walls", nothing_more),
    ("nobody who knows", "/people/who-knows/?q=zzyzx+qwv", nothing_more),
    ("topic", "/topics/kinship-care/", nothing_more),
    ("search", "/search/", nothing_more),
    ("results", "/search/?q=who+knows+about+damp", nothing_more),
    ("files found", "/search/?kind=file", nothing_more),
    ("nothing found", "/search/?q=zzyzx+qwv&topic=Fostering", nothing_more),
    ("parts", "/parts/", nothing_more),
    ("plain page", "/accessibility/", nothing_more),
    ("on your phone", "/on-your-phone/", nothing_more),
    ("offline", "/offline/", nothing_more),
    ("wandered off", "/no/such/page/", nothing_more),
)
STORY = "/stories/nineteen-carers-one-kitchen-table/"
KINSHIP = "/surgeries/kinship-and-foster-carers-drop-in/"
SIGNED_OUT = (
    Place("something wrong with a page", f"/report/?page={STORY}"),
    Place("reset that is sent", "/account/password/reset/done/"),
    Place("reset that is old", "/account/password/reset/key/a-b/"),
    Place("sign-in", "/account/login/"),
    Place("forgotten password", "/account/password/reset/"),
    Place("form sent back", "/account/password/reset/", then=ask_for_nothing),
    Place("form grown old", "/account/password/reset/", then=lose_the_cookie),
    Place("by invitation", "/account/signup/"),
    Place("link of an invitation", f"/account/invitation/{LINK}/"),
    Place("link that opens nothing", "/account/invitation/nothing/"),
)
SIGNED_IN = (
    Place("report sent back", f"/report/?page={STORY}", PRIYA, report_nothing),
    Place("report one sent", f"/report/?page={STORY}", PRIYA, report_it),
    Place("report one answers", f"/report/?page={STORY}", SIOBHAN, report_it),
    Place("too many reports", f"/report/?page={STORY}", HANNAH, send_too_often),
    Place("invitation", "/", TEAM, see_to("invites you")),
    Place("end of a membership", "/", TEAM, see_to("no longer a member")),
    Place("removal of a member", f"{FOSTER}members/", SIOBHAN, remove_somebody),
    Place("facilitators", f"{FOSTER}facilitators/", TEAM),
    Place("facilitators of a private community", "/communities/safe-homes/facilitators/", TEAM),
    Place("grant to record", f"{FOSTER}grants/new/", TEAM),
    Place("grant to decide", "/rights/?state=asked", TEAM, open_the_first_grant),
    Place("grant that is refused", "/rights/?state=asked", TEAM, refuse_the_first_grant),
    Place("first hour", "/first-hour/", TEAM),
    Place("front with the first hour", "/", TEAM),
    Place("unattended", "/communities/unattended/", TEAM),
    Place("directories", "/ways-in/directories/", TEAM),
    Place("directory that is set up", "/ways-in/directories/", TEAM, set_a_directory_up),
    Place("people who leave", "/ways-in/leaving/", TEAM),
    Place("hand-over", "/ways-in/leaving/siobhan-keogh/", TEAM),
    Place("hand-over to somebody", "/ways-in/leaving/siobhan-keogh/?to=priya-nair", TEAM),
    Place("what came to one", "/account/received/", PRIYA),
    Place("address", "/account/email/", PRIYA),
    Place("address that is not confirmed", "/account/confirm-email/a/", PRIYA),
    Place("password again", "/account/reauthenticate/", PRIYA),
    Place("join", "/communities/potholes-and-pavements/join/", PRIYA),
    Place("leave", "/communities/parks-at-dusk/leave/", PRIYA),
    Place("leave and name a successor", f"{FOSTER}leave/", SIOBHAN),
    Place("roles of a member", f"{FOSTER}members/", SIOBHAN, open_roles),
    Place("asked to join", "/communities/lake-wardens/", HANNAH),
    Place("front", "/", SIOBHAN),
    Place("community one facilitates", FOSTER, SIOBHAN),
    Place("conversations", "/conversations/", PRIYA),
    Place("thanks", "/thanks/", SIOBHAN),
    Place("thanks to nobody yet", "/thanks/?which=given", TEAM),
    Place("to say thanks", "/thanks/give/?to=comfort-asante", PRIYA),
    Place("all conversations", "/conversations/?only=all", NOBODY),
    Place("whom to ask", "/conversations/ask/?about=a+cold+house", PRIYA),
    Place("nothing new in conversations", "/conversations/?only=unread", TEAM),
    Place("conversations of a community", "/conversations/in/foster-care-together/", SIOBHAN),
    Place("conversation", "/conversations/in/foster-care-together/", SIOBHAN, open_talk("school shoes")),
    Place("conversation as a guest", "/conversations/in/parks-at-dusk/", NOBODY, open_talk("Lights that come on")),
    Place("reported posts", "/conversations/reports/?only=decided", SIOBHAN),
    Place("conversation to begin", "/conversations/in/foster-care-together/new/", SIOBHAN),
    Place("what one writes", "/stories/writing/", SIOBHAN),
    Place("story that is told", "/stories/writing/new/foster-care-together/", SIOBHAN),
    Place("stories that name one", "/stories/consent/", PRIYA),
    Place("story sent back", "/stories/writing/new/foster-care-together/", SIOBHAN, publish_nothing),
    Place("dates of a surgery", KINSHIP, SIOBHAN, look_after()),
    Place("pattern of a surgery", KINSHIP, SIOBHAN, look_after("Change: Every Thursday")),
    Place("dates to check", KINSHIP, SIOBHAN, look_after("Change: Every Thursday", "Show me the dates")),
    Place("one date more", KINSHIP, SIOBHAN, look_after("Add one date")),
    Place("date that is cancelled for nothing", KINSHIP, SIOBHAN, cancel_without_a_reason),
    Place("surgeries that one looks after", "/surgeries/writing/", SIOBHAN),
    Place("surgery that is begun", "/surgeries/writing/new/foster-care-together/", SIOBHAN),
    Place("guidance that one looks after", "/guidance/writing/", SIOBHAN),
    Place("guidance that is begun", "/guidance/writing/new/foster-care-together/", SIOBHAN),
    Place("guidance sent back", "/guidance/writing/new/foster-care-together/", SIOBHAN, publish_nothing),
    Place("writing of a community", f"{FOSTER}edit/", SIOBHAN),
    Place("writing of a community sent back", f"{FOSTER}edit/", SIOBHAN, leave_the_purpose_out),
    Place("what a community changed", f"{FOSTER}changes/", SIOBHAN),
    Place("what one may do there", f"{FOSTER}rights/", SIOBHAN),
    Place("qualifications", "/qualifications/", SIOBHAN),
    Place("evidence to give", "/qualifications/give/first-aid/", SIOBHAN),
    Place("evidence sent back", "/qualifications/give/first-aid/", SIOBHAN, give_no_evidence),
    Place("evidence to verify", "/qualifications/waiting/", TEAM),
    Place("evidence of somebody", "/qualifications/waiting/", TEAM, open_the_first_evidence),
    Place("qualification to record", "/qualifications/record/", TEAM),
    Place("grant to ask for", f"{FOSTER}grants/ask/", SIOBHAN),
    Place("whose word it takes to publish", f"{FOSTER}approval/", SIOBHAN),
    Place("members one looks after", f"{FOSTER}members/", SIOBHAN),
    Place("guidance one checks", "/guidance/how-the-kinship-allowance-works/", SIOBHAN),
    Place("due", "/guidance/due/", SIOBHAN),
    Place("nothing due", "/guidance/due/", HANNAH),
    Place("own page", "/people/priya-nair/", PRIYA),
    Place("profile", "/people/me/", PRIYA),
    Place("job description", "/people/me/job-description/", SIOBHAN),
    Place("job description on a day to come", "/people/me/job-description/?on=2999-01-01", PRIYA),
    Place("job description to print", "/people/me/job-description/print/", SIOBHAN),
    Place("job descriptions as a table", "/job-descriptions/", TEAM),
    Place("what is held of one", "/account/held/", PRIYA),
    Place("copy of what is held", "/account/held/copy/", PRIYA, say_it_is_me),
    Place("asking to be erased", "/account/held/erasure/", PRIYA, say_it_is_me),
    Place("erasures", "/ways-in/erasures/", TEAM),
    Place("erasure", "/ways-in/erasures/hannah-whitlock/", TEAM, say_it_is_me),
    Place("away", "/people/me/away/", PRIYA, say_one_is_away),
    Place("away sent back", "/people/me/away/", HANNAH, say_it_wrong),
    Place("away, changed", "/people/me/away/", PRIYA, change_it),
    Place("away, withdrawn", "/people/me/away/", PRIYA, withdraw_it),
    Place("person who is away", "/people/mei-lin-cho/", PRIYA),
    Place("saved searches", "/search/?q=fostering&kind=story", PRIYA, save_it),
    Place("no saved searches", "/reading/searches/", SIOBHAN),
    Place("search that is removed", "/search/?q=fostering&kind=story", PRIYA, save_and_remove_it),
    Place("inbox", "/inbox/", PRIYA),
    Place("inbox of a facilitator", "/inbox/", SIOBHAN),
    Place("inbox with nothing new", "/inbox/?show=new", HANNAH),
    Place("how word reaches one", "/inbox/settings/", PRIYA),
    Place("what one read", "/reading/", PRIYA),
    Place("what one saved", "/reading/saved/", PRIYA),
    Place("profile sent back", "/people/me/", PRIYA, leave_the_name_out),
    Place("change of password", "/account/password/change/", PRIYA),
    Place("sign-out", "/account/logout/", PRIYA),
    Place("account", "/account/", PRIYA),
    Place("second factor", "/account/second-factor/", PRIYA),
    Place("app for codes", "/account/second-factor/app/", PRIYA, confirm_the_password),
    Place("passkey", "/account/second-factor/passkeys/", PRIYA, confirm_the_password),
    Place("where one is signed in", "/account/sessions/", PRIYA),
    Place("invitations", "/ways-in/invitations/", TEAM),
    Place("invitation by the hub team", "/ways-in/invitations/new/", TEAM),
    Place("invitation sent back", "/ways-in/invitations/new/", TEAM, invite_nobody),
    Place("invitation into a community", f"{FOSTER}members/invite/", SIOBHAN),
    Place("people from outside", "/ways-in/stays/", TEAM),
    Place("stay of somebody", "/ways-in/stays/", SIOBHAN, extend_or_end),
    Place("people from a file", "/ways-in/people/", TEAM),
    Place("preview of a file", "/ways-in/people/", TEAM, upload_people),
    Place("lost second factors", "/ways-in/second-factor/", TEAM),
)
PLACES = (
    *(Place(name, path, person, then) for name, path, then in FOR_ALL for person in (NOBODY, PRIYA)),
    *SIGNED_OUT,
    *SIGNED_IN,
)

every_place = pytest.mark.parametrize("place", PLACES, ids=str)
