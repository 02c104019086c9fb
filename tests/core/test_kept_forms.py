"""What somebody typed survives a session that ended meanwhile, and a page that has grown old."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communities.models import CommunityPage
from people.models import User
from reports.models import PageReport
from stories.models import StoryPage
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import StoryFactory
from tests.visibility.reports import reported

PASSWORD = "three long words"
ANSWER = {"answer": "Put right: it is Thursday,\nand was never “Tuesday”."}


@pytest.fixture
def report(community: CommunityPage) -> PageReport:
    return reported(StoryFactory(community=community))


def sign_in(browser: Client, person: User, onwards: str) -> Any:
    person.set_password(PASSWORD)
    person.save()
    return browser.post(onwards, {"login": person.email, "password": PASSWORD}, follow=True)


def test_asha_finds_her_answer_again_and_sends_it(report: PageReport, asha: User) -> None:
    browser, address = browse(), report.get_absolute_url()
    sent = browser.post(address, ANSWER)
    assert "What you typed is kept" in browser.get(sent["Location"]).content.decode()
    page = sign_in(browser, asha, sent["Location"]).content.decode()
    assert "and was never “Tuesday”." in page
    assert f'action="{address}"' in page
    assert not PageReport.objects.get().is_answered, "nothing is sent by itself"
    browser.post(address, ANSWER)
    assert PageReport.objects.get().answer == ANSWER["answer"]
    assert browser.get("/account/kept/")["Location"] == "/"
    assert browser.session.get_expiry_age() > timedelta(days=1).total_seconds()


FORMS = {
    "an invitation": (
        "/communities/foster-care-together/members/invite/",
        {"addresses": "new@example.org"},
    ),
    "asking to join": ("/communities/foster-care-together/join/", {"note": "I foster two brothers."}),
    "a profile": ("/people/me/", {"about": "I know about damp houses."}),
    "a story in the editor": ("/admin/pages/add/stories/storypage/3/", {"title": "Nineteen carers at one table"}),
    "a date in the editor": ("/admin/snippets/surgeries/session/add/", {"note": "Bring a torch, please."}),
    "Django’s admin": ("/django-admin/people/user/add/", {"name": "Wren Long"}),
    "a button alone": ("/communities/foster-care-together/leave/", {}),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_kept(community: CommunityPage, hub_team: User, form: str) -> None:
    address, fields = FORMS[form]
    browser = browse()
    page = sign_in(browser, hub_team, browser.post(address, fields)["Location"]).content.decode()
    assert f'action="{address}"' in page
    assert all(value in page for value in fields.values())


def test_a_story_of_a_whole_hour_comes_back_into_the_editor(community: CommunityPage, hub_team: User) -> None:
    editor = Editor(hub_team, StoryFactory(title="Carers"))
    form = editor.filled_in({"title": "Nineteen carers at one table"})
    editor.browser.logout()
    onwards = editor.browser.post(editor.address, {**form, "action-publish": "1"})["Location"]
    kept = sign_in(editor.browser, hub_team, onwards).context["forms"][0].fields
    again: dict[str, list[str]] = {}
    for field in kept:
        again.setdefault(field.name, []).append(field.value)
    editor.browser.post(editor.address, again)
    assert StoryPage.objects.get().title == "Nineteen carers at one table"


def test_the_editor_says_at_once_that_one_is_signed_out(hub_team: User, home: Any) -> None:
    editor = Editor(hub_team, StoryFactory(title="Carers"))
    form = editor.filled_in({"title": "Nineteen carers at one table"})
    editor.browser.logout()
    answer = editor.browser.post(editor.address, form, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (401, "locked")


def test_no_password_is_kept(home: Any) -> None:
    browser = browse()
    browser.post("/account/password/change/", {"oldpassword": "the old one", "password1": "the new one"})
    assert "the old one" not in str(dict(browser.session))
    assert "the new one" not in str(dict(browser.session))


def test_it_is_kept_for_an_hour_and_in_this_browser_alone(report: PageReport, asha: User) -> None:
    browser = browse()
    onwards = browser.post(report.get_absolute_url(), ANSWER)["Location"]
    assert sign_in(browse(), asha, onwards).redirect_chain[-1][0] == "/"
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert sign_in(browser, asha, onwards).redirect_chain[-1][0] == "/"


def test_signing_out_and_throwing_away_leave_nothing(report: PageReport, asha: User) -> None:
    browser = browse()
    sign_in(browser, asha, browser.post(report.get_absolute_url(), ANSWER)["Location"])
    browser.post("/account/kept/", {"address": report.get_absolute_url()})
    assert browser.session["kept_forms"] == {}


def test_a_form_that_is_refused_unread_stays(report: PageReport, asha: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(asha)
    session = browser.session
    session["kept_forms"] = {report.get_absolute_url(): {"fields": [["answer", "Words."]], "until": 9e9}}
    session.save()
    browser.post(report.get_absolute_url(), ANSWER)
    assert "Words." in browser.get("/account/kept/").content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}, {"Sec-Fetch-Mode": "cors"}],
)
def test_what_a_script_sends_is_not_kept(report: PageReport, headers: dict[str, str]) -> None:
    browser = browse()
    browser.post(report.get_absolute_url(), ANSWER, headers=headers)
    assert "kept_forms" not in browser.session


def test_what_is_too_much_to_keep_stays_on_the_page(report: PageReport) -> None:
    browser, long = browse(), "A word. " * 30_000
    page = browser.post(report.get_absolute_url(), {"answer": long})
    assert (page.status_code, long.strip() in page.content.decode()) == (401, True)
    assert "kept_forms" not in browser.session


def test_one_network_fills_no_database(report: PageReport, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "kept_forms": "2/h"}
    assert [browse().post(report.get_absolute_url(), ANSWER).status_code for _time in range(3)] == [302, 302, 401]


def test_the_last_three_forms_are_kept(community: CommunityPage) -> None:
    browser = browse()
    for number in range(5):
        browser.post(f"/report/{number}/", {"answer": f"Answer {number}."})
    assert list(browser.session["kept_forms"]) == ["/report/2/", "/report/3/", "/report/4/"]


# -- an old tab --------------------------------------------------------------------------------------------------------
def old_tab(person: User | None, address: str, fields: dict[str, str], **headers: str) -> Any:
    browser = Client(enforce_csrf_checks=True)
    if person:
        browser.force_login(person)
    return browser.post(address, fields, headers=headers)


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_an_old_tab_brings_the_text_back(report: PageReport, asha: User, headers: dict[str, str]) -> None:
    page = old_tab(asha, report.get_absolute_url(), ANSWER, **headers)
    assert page.status_code == 403
    assert "and was never “Tuesday”." in page.content.decode()
    assert "csrfmiddlewaretoken" in page.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_sent_gets_no_button(report: PageReport, asha: User, headers: dict[str, str]) -> None:
    page = old_tab(asha, report.get_absolute_url(), ANSWER, **headers).content.decode()
    assert "Tuesday" not in page
    assert 'name="answer"' not in page


def test_no_page_shows_a_password_again(carys: User) -> None:
    fields = {"login": carys.email, "password": "three long words"}
    page = old_tab(None, "/account/login/", fields, Origin="http://testserver").content.decode()
    assert "three long words" not in page
    assert carys.email not in page
