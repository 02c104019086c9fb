"""What is taken off, or has had its time, is gone from every place at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from communities.models import CommunityPage
from indexing import maintenance
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import SessionFactory, StoryFactory, SurgeryFactory, tell


@pytest.fixture
def own_index(settings: Any, tmp_path: Any, home: Any) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}


def shows(word: str, *addresses: str) -> list[str]:
    """The addresses that still say ``word`` to a passer-by."""
    return [address for address in addresses if word in browse().get(address).content.decode()]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def story(own_index: None, community: CommunityPage, asha: User) -> StoryPage:
    asha.audience = "everyone"
    asha.save()
    told = tell(StoryFactory(title="The quillwort lane", slug="lane", community=community), asha)
    maintenance.rebuild()
    return told


STORY = ("/stories/lane/", "/stories/", "/", "/search/?q=quillwort", "/communities/foster-care-together/")
STORY += ("/people/asha-okafor/", "/sitemap.xml")


def test_a_story_whose_time_is_over_is_gone_everywhere(story: StoryPage, committed: Any) -> None:
    assert shows("lane", *STORY) == list(STORY), "if this fails, the test below proves nothing"
    with committed():
        StoryPage.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")
    assert browse().get("/stories/lane/").status_code == 404
    assert shows("quillwort lane", *STORY) == []


@pytest.fixture
def session(own_index: None, community: CommunityPage) -> Session:
    surgery = SurgeryFactory(title="Quillwort mornings", slug="mornings", community=community)
    made = SessionFactory(surgery=surgery, title="Quillwort for beginners")
    maintenance.rebuild()
    return made


def test_a_session_that_is_taken_off_is_gone_everywhere(session: Session, committed: Any) -> None:
    places = (session.url, session.ics_url, "/surgeries/", "/surgeries/calendar.ics", "/", "/surgeries/mornings/")
    places += ("/search/?q=quillwort", "/communities/foster-care-together/")
    assert shows("Quillwort", *places) == list(places), "if this fails, the test below proves nothing"
    with committed():
        session.surgery.unpublish()
    assert [browse().get(address).status_code for address in (session.url, session.ics_url)] == [404, 404]
    assert shows("Quillwort", *places) == []
