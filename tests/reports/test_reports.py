"""Something is wrong with a page: whoever reads it says so, and whoever looks after it hides it and answers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from core.audiences import Audience
from reports import services
from reports.listings import subject, waiting_for
from reports.models import Report
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, StoryFactory, SurgeryFactory, make_member
from tests.notifications.mails import bring_what_waits
from tests.visibility import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(community: Any) -> Any:
    return StoryFactory(community=community, title="Nineteen carers")


@pytest.fixture
def hidden_story(private_community: Any) -> Any:
    return StoryFactory(community=private_community, title="The quillwort list", private=True)


def send(person: Any, page: str, text: str = "The day is wrong.", email: str = "") -> Any:
    return browse(person).post("/report/", {"text": text, "email": email, "page": page})


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
    report = Report.objects.get()
    assert (report.page_id, report.reporter, report.text) == (story.pk, person, "The day is wrong.")


def test_a_form_that_fails_loses_nothing_that_was_typed(story):
    answer = send(None, story.url, text="The day is wrong.", email="not an address")
    assert answer.status_code == 422
    assert "The day is wrong." in answer.content.decode()
    assert f'value="{story.url}"' in answer.content.decode()
    assert not Report.objects.exists()


def test_what_is_below_a_page_belongs_to_the_page(community, story):
    surgery = SurgeryFactory(community=community)
    below = {f"{community.url}members/": community, SessionFactory(surgery=surgery).url: surgery, story.url: story}
    for path, page in below.items():
        send(None, path)
        assert Report.objects.first().page_id == page.pk, path


def test_a_person_and_a_list_have_no_page_and_are_reported_all_the_same(carys):
    carys.audience = Audience.EVERYONE
    carys.save()
    for path in (carys.get_absolute_url(), "/people/", "/"):
        send(None, path)
        assert Report.objects.first().path == path


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
    assert Report.objects.get().path == ""


def test_the_form_tells_a_stranger_nothing_of_a_private_page(hidden_story, carys):
    for person in (None, carys):
        shown = browse(person).get(f"/report/?page={hidden_story.url}").content.decode()
        assert "quillwort" not in shown
        nothing = browse(person).get("/report/?page=/stories/no-such-story/").content.decode()
        assert _bare(shown, hidden_story.url) == _bare(nothing, "/stories/no-such-story/")
        send(person, hidden_story.url)
        assert Report.objects.first().page_id == hidden_story.get_parent().pk


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
    address = Report.objects.get().get_absolute_url()
    assert "Carys Hughes" not in browse(asha).get(address).content.decode()
    assert "Carys Hughes" in browse(hub_team).get(address).content.decode()


# -- hiding ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("factory", [StoryFactory, GuidanceFactory, SurgeryFactory])
def test_a_facilitator_hides_a_page_at_once_and_shows_it_again(community, asha, factory):
    page = factory(community=community)
    report, browser = reported(page), browse(asha)
    browser.post(f"{report.get_absolute_url()}hide/")
    assert browse().get(page.url).status_code == 404
    assert "Hidden: nobody sees it now" in browser.get(report.get_absolute_url()).content.decode()
    browser.post(f"{report.get_absolute_url()}show-again/")
    assert browse().get(page.url).status_code == 200


def test_a_draft_does_not_come_back_with_the_page(story, asha):
    story.title = "A draft"
    story.save_revision()
    report = reported(story)
    for deed in ("hide", "show-again"):
        browse(asha).post(f"{report.get_absolute_url()}{deed}/")
    shown = browse().get(story.url).content.decode()
    assert "Nineteen carers" in shown
    assert "A draft" not in shown


def deed(person: Any, report: Report, name: str) -> str:
    return browse(person).post(f"{report.get_absolute_url()}{name}/", follow=True).content.decode()


def drafted(story: Any, **fields: Any) -> None:
    """A hidden page is no live page: the editor writes its draft into the row."""
    page = StoryPage.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    page.save_revision()


def test_what_is_drafted_while_it_is_hidden_is_told_to_nobody_and_does_not_come_back(
    story, asha, carys, private_community
):
    send(carys, story.url)
    report = Report.objects.get()
    deed(asha, report, "hide")
    drafted(story, title="The quillwort list")
    for person in (asha, carys):
        shown = browse(person).get(report.get_absolute_url()).content.decode()
        assert "Nineteen carers" in shown
        assert "quillwort" not in shown
    deed(asha, report, "show-again")
    assert "Nineteen carers" in browse().get(story.url).content.decode()
    assert StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().title == "The quillwort list"


def test_who_looked_after_it_still_answers_when_a_draft_names_another_community(story, asha, private_community):
    other = PersonFactory()
    make_member(other, private_community, role="facilitator")
    report = reported(story)
    deed(asha, report, "hide")
    drafted(story, community=private_community)
    answers = [browse(person).get(report.get_absolute_url()).status_code for person in (asha, other)]
    assert answers == [200, 404]


def test_what_members_said_of_a_page_does_not_go_with_it_to_another_community(hidden_story, story, community, asha):
    among_members, to_everybody = reported(hidden_story), reported(story)
    for page in (hidden_story, story):
        StoryPage.objects.filter(pk=page.pk).update(community=community, audience=Audience.EVERYONE)
    shown = [browse(asha).get(one.get_absolute_url()).status_code for one in (among_members, to_everybody)]
    assert shown == [404, 200]
    deed(asha, reported(StoryPage.objects.get(pk=hidden_story.pk)), "hide")
    assert browse(asha).get(among_members.get_absolute_url()).status_code == 404


def test_a_page_whose_draft_is_for_fewer_people_is_not_opened_again(story, asha):
    report = reported(story)
    deed(asha, report, "hide")
    drafted(story, audience=Audience.MEMBERS)
    assert "A newer draft of this page is for fewer people." in deed(asha, report, "show-again")
    assert browse(asha).get(story.url).status_code == 404


@pytest.mark.parametrize("was_hidden", [False, True])
def test_what_an_editor_took_down_is_not_shown_again_by_a_report(story, asha, was_hidden):
    report = reported(story)
    if was_hidden:
        deed(asha, report, "hide")
        StoryPage.objects.get(pk=story.pk).save_revision().publish()
    StoryPage.objects.get(pk=story.pk).unpublish()
    assert "Show the page again" not in browse(asha).get(report.get_absolute_url()).content.decode()
    deed(asha, report, "show-again")
    assert browse(asha).get(story.url).status_code == 404


def test_what_was_to_appear_at_a_date_does_not_appear_while_it_is_hidden_and_does_afterwards(story, asha):
    story.title, story.go_live_at = "Twenty carers", timezone.now() + timedelta(days=1)
    story.save_revision().publish()
    report = reported(story)
    deed(asha, report, "hide")
    assert StoryPage.objects.get(pk=story.pk).scheduled_revision is None
    deed(asha, report, "show-again")
    assert "Nineteen carers" in browse().get(story.url).content.decode()
    assert StoryPage.objects.get(pk=story.pk).scheduled_revision.as_object().title == "Twenty carers"


# -- aliases -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def alias(story: Any) -> Any:
    return story.create_alias(update_slug="carers-too", parent=story.get_parent())


def shown(*pages: Any) -> list[bool]:
    return [browse().get(page.url).status_code == 200 for page in pages]


def test_an_alias_is_hidden_and_shown_again(story, alias, asha):
    report = reported(alias)
    deed(asha, report, "hide")
    assert shown(story, alias) == [True, False]
    deed(asha, report, "show-again")
    assert shown(story, alias) == [True, True]


def test_an_alias_goes_and_comes_back_with_its_original(story, alias, asha):
    report = reported(story)
    deed(asha, report, "hide")
    assert shown(story, alias) == [False, False]
    deed(asha, report, "show-again")
    assert shown(story, alias) == [True, True]


@pytest.mark.parametrize("by_report", [True, False])
def test_an_alias_that_was_taken_down_before_its_original_stays_down(story, alias, asha, by_report):
    alias_report, report = reported(alias), reported(story)
    deed(asha, alias_report, "hide") if by_report else StoryPage.objects.get(pk=alias.pk).unpublish()
    for name in ("hide", "show-again"):
        deed(asha, report, name)
    assert shown(story, alias) == [True, False]
    deed(asha, alias_report, "show-again")
    assert shown(story, alias) == [True, by_report]


def test_an_alias_is_not_shown_again_while_its_original_is_down(story, alias, asha):
    report = reported(alias)
    deed(asha, report, "hide")
    StoryPage.objects.get(pk=story.pk).unpublish()
    assert "Show the page again" not in browse(asha).get(report.get_absolute_url()).content.decode()
    deed(asha, report, "show-again")
    assert shown(story, alias) == [False, False]


def test_an_alias_that_is_shown_again_says_what_its_original_says_and_follows_it(story, alias, asha, carys):
    report = reported(alias)
    deed(asha, report, "hide")
    StoryPage.objects.filter(pk=story.pk).update(title="Twenty carers")
    deed(asha, report, "show-again")
    assert "Twenty carers" in browse().get(alias.url).content.decode()
    page = StoryPage.objects.get(pk=story.pk)
    page.audience = Audience.ORGANISATION
    page.save_revision().publish()
    assert shown(story, alias) == [False, False]
    assert browse(carys).get(alias.url).status_code == 200


def test_a_page_that_is_gone_leaves_no_address_of_it_behind(hidden_story, hub_team):
    report = reported(hidden_story)
    hidden_story.delete()
    for path in ("/", report.get_absolute_url()):
        assert hidden_story.slug not in browse(hub_team).get(path).content.decode()


def test_ten_reports_ask_no_more_than_two(community, asha, django_assert_num_queries):
    subject(asha, reported(StoryFactory(community=community)))  # what is open to her is known from then on
    for number in (1, 8):
        for _each in range(number):
            reported(StoryFactory(community=community))
        with django_assert_num_queries(3):  # reports, their pages, and what the pages of one kind are
            assert {subject(asha, report) for report in waiting_for(asha)} != {"A page that only its members see"}


def test_a_whole_community_is_not_hidden_because_of_one_report(community, asha, hub_team):
    report = reported(community)
    for person in (asha, hub_team):
        assert browse(person).post(f"{report.get_absolute_url()}hide/").status_code == 404
    assert browse().get(community.url).status_code == 200


# -- answering ---------------------------------------------------------------------------------------------------------
def test_the_answer_goes_to_whoever_reported_it(story, asha, carys, django_capture_on_commit_callbacks):
    send(carys, story.url, email="somebody.else@example.org")
    report = Report.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        browse(asha).post(report.get_absolute_url(), {"answer": "Put right: it is Thursday."})
    [sent] = bring_what_waits()
    assert sent.to == [carys.email]
    assert "Put right: it is Thursday." in sent.body
    assert "Asha Okafor answers" in sent.body
    assert "Put right: it is Thursday." in browse(carys).get(report.get_absolute_url()).content.decode()
    assert "Something is wrong" not in browse(asha).get("/").content.decode()


def test_whoever_looks_after_the_page_hears_of_it_and_no_more_once_it_is_answered(story, asha, carys, committed):
    with committed():
        send(carys, story.url)
        send(carys, story.url, text="And the place.")
    with committed():
        services.answer(Report.objects.first(), "Put right.", by=asha)
    told = {sent.to[0]: sent.body for sent in bring_what_waits()}
    assert set(told) == {asha.email, carys.email}
    assert told[asha.email].count("Something is wrong with a page") == 1


def test_the_hub_team_hears_of_it_where_nobody_looks_after_the_page(home, hub_team, carys, committed):
    with committed():
        send(carys, "/")
    assert [sent.to for sent in bring_what_waits()] == [[hub_team.email]]


def link() -> str:
    return re.search(r"/report/hear/\S+", mail.outbox[0].body)[0]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_address_that_anybody_could_type_gets_a_question_and_no_words_of_theirs(story, asha, committed):
    with committed():
        send(None, story.url, text="BUY QUILLWORT", email="victim@example.org")
        browse(asha).post(Report.objects.get().get_absolute_url(), {"answer": "Put right."})
    [asked] = mail.outbox
    assert asked.to == ["victim@example.org"]
    assert not [word for word in ("QUILLWORT", "Nineteen", "Put right") if word in asked.body + asked.subject]


@pytest.mark.parametrize("first", ["proved", "answered"])
def test_the_answer_comes_once_the_address_is_proved(story, asha, committed, first):
    with committed():
        send(None, story.url, email="reader@example.org")
    answer = lambda: browse(asha).post(Report.objects.get().get_absolute_url(), {"answer": "Put right."})  # noqa: E731
    prove = lambda: browse().post(link())  # noqa: E731
    assert "Is this your address?" in browse().get(link()).content.decode()
    for deed in (prove, answer, prove) if first == "proved" else (answer, prove, prove):
        with committed():
            assert deed().status_code == 302
    _asked, answered = mail.outbox
    assert (answered.to, "Put right." in answered.body) == (["reader@example.org"], True)
    assert "The answer comes to you" in browse().get(link()).content.decode()


def test_whoever_answers_reads_that_the_address_is_not_proved(story, asha):
    send(None, story.url, email="reader@example.org")
    assert "have not said yet" in browse(asha).get(Report.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize("key", ["1", "1.x", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "."])
def test_a_link_that_the_hub_did_not_make_is_not_there(story, key):
    send(None, story.url, email="reader@example.org")
    assert browse().get(f"/report/hear/{key}/").status_code == 404


def test_a_link_is_good_for_thirty_days(story, committed):
    with committed():
        send(None, story.url, email="reader@example.org")
    Report.objects.update(sent_at=timezone.now() - timedelta(days=31))
    assert browse().post(link()).status_code == 404


def test_nobody_fills_another_ones_letter_box(story, committed):
    with committed():
        for _time in range(5):
            send(None, story.url, email="Victim@example.org")
    assert len(mail.outbox) == 3


def test_whoever_has_left_is_written_to_no_more(story, asha, carys, committed):
    send(carys, story.url)
    carys.is_active = False
    carys.save()
    with committed():
        browse(asha).post(Report.objects.get().get_absolute_url(), {"answer": "Put right."})
    assert not [sent for sent in bring_what_waits() if carys.email in sent.to]


def test_without_an_address_nobody_is_written_to(story, asha, django_capture_on_commit_callbacks):
    report = reported(story)
    with django_capture_on_commit_callbacks(execute=True):
        browse(asha).post(report.get_absolute_url(), {"answer": "Put right."})
    assert not mail.outbox


def test_of_two_who_answer_at_once_one_does(story, asha, hub_team):
    report = reported(story)
    theirs = Report.objects.get(pk=report.pk)
    services.answer(theirs, "Put right.", by=asha)
    with pytest.raises(services.AlreadyAnswered):
        services.answer(report, "Left as it is.", by=hub_team)
    assert Report.objects.get().answer == "Put right."


def test_whoever_answers_too_late_keeps_what_they_wrote(story, asha, hub_team):
    report, browser = reported(story), browse(hub_team)
    browse(asha).post(report.get_absolute_url(), {"answer": "Put right: it is Thursday."})
    late = browser.post(report.get_absolute_url(), {"answer": "An hour’s worth of words."})
    page = late.content.decode()
    assert (late.status_code, "An hour’s worth" in page, "it is Thursday" in page) == (409, True, True)


def test_an_empty_answer_is_sent_back(story, asha):
    report = reported(story)
    assert browse(asha).post(report.get_absolute_url(), {"answer": " "}).status_code == 422
    assert not Report.objects.get().is_answered


def test_who_reported_it_does_not_answer_it(story, carys):
    send(carys, story.url)
    address = Report.objects.get().get_absolute_url()
    assert browse(carys).post(address, {"answer": "Done."}).status_code == 404


def test_a_report_outlives_its_page_and_its_people(story, asha, carys):
    send(carys, story.url)
    story.delete()
    carys.delete()
    report = Report.objects.get()
    assert (report.page, report.reporter, report.text) == (None, None, "The day is wrong.")


def test_a_script_is_told_to_wait(story, carys, settings):
    settings.LIMITS = {**settings.LIMITS, "reports": "2/h"}
    assert [send(carys, story.url, text=f"Wrong {n}.").status_code for n in range(3)] == [302, 302, 429]


def test_nobody_is_told_that_an_answer_is_sent_to_nobody(story, asha):
    shown = (
        browse(asha).post(reported(story).get_absolute_url(), {"answer": "Put right."}, follow=True).content.decode()
    )
    assert "Your answer is kept here." in shown
    assert "on its way" not in shown
