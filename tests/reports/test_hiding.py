"""Whoever looks after a page hides it while something is wrong with it, and shows it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.audiences import Audience
from reports.listings import subject, waiting_for
from reports.models import PageReport
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, StoryFactory, SurgeryFactory, make_member
from tests.reports.reporting import send
from tests.visibility.reports import reported

pytestmark = pytest.mark.django_db


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


def deed(person: Any, report: PageReport, name: str) -> str:
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
    report = PageReport.objects.get()
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
