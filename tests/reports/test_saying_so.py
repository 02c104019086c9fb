"""Whoever reads a page that is wrong says so, and whoever looks after it is asked."""

import pytest

from core.audiences import Audience
from reports.models import PageReport
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory, make_member
from tests.reports.reporting import send
from tests.visibility.reports import reported

pytestmark = pytest.mark.django_db


# -- saying so ---------------------------------------------------------------------------------------------------------
def test_every_page_leads_to_the_form_with_the_page_filled_in(story, carys):
    assert "/report/?page=%2Fstories%2F" in browse().get(story.url).content.decode()
    form = browse(carys).get(f"/report/?page={story.url}").content.decode()
    assert f'value="{story.url}"' in form
    assert "Nineteen carers" in form
    assert f"The answer comes to {carys.email}" in form
    assert 'name="email"' not in form


@pytest.mark.parametrize("who", ["nobody", "carys", "asha"])
def test_anybody_may_say_so(story, request, who):
    person = None if who == "nobody" else request.getfixturevalue(who)
    assert send(person, story.url).status_code == 302
    report = PageReport.objects.get()
    assert (report.page_id, report.reporter, report.text) == (story.pk, person, "The day is wrong.")


def test_a_form_that_fails_loses_nothing_that_was_typed(story):
    answer = send(None, story.url, text="The day is wrong.", email="not an address")
    assert answer.status_code == 422
    assert "The day is wrong." in answer.content.decode()
    assert f'value="{story.url}"' in answer.content.decode()
    assert not PageReport.objects.exists()


def test_what_is_below_a_page_belongs_to_the_page(community, story):
    surgery = SurgeryFactory(community=community)
    below = {f"{community.url}members/": community, SessionFactory(surgery=surgery).url: surgery, story.url: story}
    for path, page in below.items():
        send(None, path)
        assert PageReport.objects.first().page_id == page.pk, path


def test_a_person_and_a_list_have_no_page_and_are_reported_all_the_same(carys):
    carys.audience = Audience.EVERYONE
    carys.save()
    for path in (carys.get_absolute_url(), "/people/", "/"):
        send(None, path)
        assert PageReport.objects.first().path == path


NOT_HERE = (
    "//evil.example/",
    "https://evil.example/",
    "/no/such/page/",
    "/\x01",
    "/" + "a" * 1001,
    "javascript:alert(1)",
)


@pytest.mark.parametrize("path", NOT_HERE)
def test_an_address_that_is_none_of_ours_is_left_out(home, path):
    answer = send(None, path)
    assert answer.status_code == 302
    assert answer.url == "/report/"
    assert PageReport.objects.get().path == ""


def test_the_form_tells_a_stranger_nothing_of_a_private_page(hidden_story, carys):
    for person in (None, carys):
        shown = browse(person).get(f"/report/?page={hidden_story.url}").content.decode()
        assert "quillwort" not in shown
        nothing = browse(person).get("/report/?page=/stories/no-such-story/").content.decode()
        assert _bare(shown, hidden_story.url) == _bare(nothing, "/stories/no-such-story/")
        send(person, hidden_story.url)
        assert PageReport.objects.first().page_id == hidden_story.get_parent().pk


def _bare(page: str, path: str) -> list[str]:
    return [line for line in page.replace(path, "PATH").splitlines() if "csrf" not in line and "%2F" not in line]


# -- who is asked ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["asha", "hub_team"])
def test_it_stands_on_the_front_page_of_whoever_is_asked(story, request, who):
    person = request.getfixturevalue(who)
    browser = browse(person)
    browser.get("/")  # what is kept of the page from now on must not be shown again
    reported(story)
    assert "Something is wrong: Nineteen carers" in browser.get("/").content.decode()


def test_nobody_else_is_asked(story, bryn, carys, dev):
    reported(story)
    for person in (bryn, carys, dev):
        assert "Something is wrong" not in browse(person).get("/").content.decode()


def test_who_facilitates_another_community_is_not_asked(story, private_community):
    other = PersonFactory()
    make_member(other, private_community, role="facilitator")
    assert browse(other).get(reported(story).get_absolute_url()).status_code == 404


def test_the_hub_team_learns_no_private_title(hidden_story, hub_team):
    report = reported(hidden_story)
    for path in ("/", report.get_absolute_url()):
        shown = browse(hub_team).get(path).content.decode()
        assert "quillwort" not in shown
        assert "A page that only its members see" in shown


def test_only_the_hub_team_reads_who_reported_it(story, asha, carys, hub_team):
    send(carys, story.url)
    address = PageReport.objects.get().get_absolute_url()
    assert "Carys Hughes" not in browse(asha).get(address).content.decode()
    assert "Carys Hughes" in browse(hub_team).get(address).content.decode()
