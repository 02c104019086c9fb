"""Guidance, reports, sessions and what appears in a community reach whom they concern, as long as they hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.outbox import drain
from knowledge import notices as guidance_notices
from knowledge.models import ToldDue
from knowledge.services import check
from notifications.models import Happening, Notice
from notifications.wording import put_in_words
from people.models import User
from reports import services as reports
from reports.finding import Meant
from surgeries import services as surgeries
from tests.conftest import browse
from tests.factories import GuidanceFactory, SessionFactory, StoryFactory, SurgeryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def inbox(person: User) -> str:
    drain("notices")
    return browse(person).get("/inbox/").content.decode()


def test_guidance_that_falls_due_is_told_once_and_until_it_is_checked(community: Any, asha: User, bryn: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    page = GuidanceFactory(title="Kinship care", community=community, due_on=yesterday)
    guidance_notices.tell_due()
    guidance_notices.tell_due()
    assert ("Does it still hold?" in inbox(asha), "Does it still hold?" in inbox(bryn)) == (True, False)
    assert Notice.objects.count() == 1
    check(page, by=asha)
    assert "Does it still hold?" not in inbox(asha)


def test_guidance_that_two_runs_find_due_at_once_is_told_once(community: Any, asha: User, monkeypatch: Any) -> None:
    """Each has looked before the other wrote down that it tells."""
    yesterday = timezone.localdate() - timedelta(days=1)
    GuidanceFactory(title="Kinship care", community=community, due_on=yesterday)

    found = ToldDue.objects.filter

    def look(*_args: Any, **_options: Any) -> Any:
        monkeypatch.setattr(ToldDue.objects, "filter", found)
        guidance_notices.tell_due()
        return ToldDue.objects.none()

    monkeypatch.setattr(ToldDue.objects, "filter", look)
    guidance_notices.tell_due()
    drain("notices")
    assert (Happening.objects.count(), Notice.objects.filter(person=asha).count()) == (1, 1)


def test_a_report_is_told_to_who_answers_and_its_answer_to_who_reported(
    community: Any, asha: User, bryn: User, carys: User
) -> None:
    story = StoryFactory(title="The lane", community=community)
    report = reports.send(Meant(story.url, story.title, story), "The day is wrong.", "", carys)
    assert ("The day is wrong." in inbox(asha), "The day is wrong." in inbox(bryn)) == (True, False)
    reports.answer(report, "It is a Thursday.", asha)
    assert ("The day is wrong." in inbox(asha), "It is a Thursday." in inbox(carys)) == (False, True)


def test_a_cancelled_session_is_told_to_mentors_and_hosts_once(community: Any, asha: User, bryn: User) -> None:
    session = SessionFactory(surgery=SurgeryFactory(title="Forms", community=community), place="Hall")
    session.mentors.add(bryn)
    surgeries.move(session, session.starts + timedelta(hours=1))
    surgeries.cancel(session, "The hall is flooded.")
    for person in (asha, bryn):
        page = inbox(person)
        assert (page.count("The hall is flooded."), "Cancelled" in page) == (1, True)
    session.title = "Other words"
    session.save()
    drain("notices")
    assert Happening.objects.count() == 2  # what changes nobody's way is not told


def test_a_story_that_appears_is_one_row_and_comes_back_from_a_hiding_unsaid(
    community: Any, asha: User, bryn: User, carys: User
) -> None:
    story = StoryFactory(title="The lane", community=community, live=False)
    story.save_revision(user=asha).publish()
    assert [("A new story: The lane" in inbox(each)) for each in (asha, bryn, carys)] == [False, True, False]
    story.refresh_from_db()
    story.unpublish()
    assert "The lane" not in inbox(bryn)
    story.save_revision(user=asha).publish()
    drain("notices")
    assert (Happening.objects.count(), Notice.objects.count()) == (1, 0)


def test_a_story_that_is_published_with_its_first_press_is_told(community: Any, asha: User, bryn: User) -> None:
    story = StoryFactory(title="The lane", community=community, owner=asha)  # as the form writes it first
    story.save_revision(user=asha).publish()
    assert "A new story: The lane" in inbox(bryn)
    story.save_revision(user=asha).publish()
    old = StoryFactory(title="The archive", community=community)
    PageLogEntry.objects.filter(page=old.pk).delete()  # an import writes none
    old.save_revision(user=asha).publish()
    drain("notices")
    assert Happening.objects.count() == 1


def test_what_appears_is_in_no_subject(private_community: Any, dev: User) -> None:
    story = StoryFactory(title="The lane", community=private_community, private=True, live=False)
    story.save_revision().publish()
    drain("notices")
    (told,) = put_in_words(dev, Happening.objects.filter(kind="stories.new"))
    assert "The lane" in str(told.words.title)
    assert told.words.subject == "Something new in a community of yours"
