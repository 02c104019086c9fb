"""What must not grow with what the hub holds: a list asks the database as often with thirty rows as with four."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import CommunityPage, Role, State
from core.models import Topic
from people.models import User
from search import services as search
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)
from tests.test_query_budgets import LIST, warm


@pytest.fixture
def hub(community: CommunityPage, asha: User, topic: Topic) -> Callable[[int], None]:
    """Fills the hub with so many more of everything that a list shows."""

    def add(count: int) -> None:
        with search.paused():
            for _number in range(count):
                _add_one_of_each(community, asha, topic)

    return add


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Lanterns", slug="lanterns")


def _add_one_of_each(community: CommunityPage, asha: User, topic: Topic) -> None:
    person = PersonFactory()
    person.skills.add(topic)
    make_member(person, community)
    make_member(PersonFactory(), community, state=State.ASKED)
    other = CommunityFactory()
    make_member(asha, other, Role.FACILITATOR)
    surgery = SurgeryFactory(community=community)
    today = SessionFactory(surgery=surgery, starts=timezone.now() + timedelta(minutes=5))
    today.mentors.add(person, asha)
    SessionFactory(surgery=surgery, past=True).mentors.add(asha)
    story = tell(StoryFactory(community=community), person, asha)
    due = timezone.localdate() - timedelta(days=3)
    guidance = GuidanceFactory(community=community, checked_by=person, due_on=due)
    for page in (other, story, guidance, surgery):
        type(page).topics.through.objects.create(tag=topic, content_object=page)


GROWING = {
    "front page": "/",
    "communities": "/communities/",
    "their topic": "/communities/?topic=lanterns",
    "community": "/communities/foster-care-together/",
    "members": "/communities/foster-care-together/members/",
    "stories": "/stories/",
    "stories by topic": "/stories/?topic=lanterns",
    "guidance": "/guidance/",
    "due": "/guidance/due/",
    "schedule": "/surgeries/",
    "calendar": "/surgeries/calendar.ics",
    "directory": "/people/",
    "person": "/people/asha-okafor/",
    "topic": "/topics/lanterns/",
    "who knows": "/people/who-knows/?q=lanterns",
    "sitemap": "/sitemap.xml",
}


@pytest.mark.slow
def test_thirty_rows_ask_no_more_than_four(hub: Callable[[int], None], asha: User) -> None:
    browser = browse(asha)
    hub(4)  # one more than the front page shows of what is due, so that it counts the rest here and there
    few = {name: len(warm(browser, address)) for name, address in GROWING.items()}
    hub(26)
    thirty = {name: len(warm(browser, address)) for name, address in GROWING.items()}
    assert thirty == few
    assert {name: count for name, count in thirty.items() if count > LIST and name != "sitemap"} == {}


def test_a_long_story_asks_no_more_than_a_short_one(community: CommunityPage, asha: User) -> None:
    short, long = StoryFactory(community=community), StoryFactory(community=community)
    tell(short, asha)
    tell(long, *PersonFactory.create_batch(12))
    assert len(warm(browse(asha), short.url)) == len(warm(browse(asha), long.url))


def test_the_due_list_asks_no_more_with_more_pages(community: CommunityPage, asha: User) -> None:
    few = len(warm(browse(asha), "/guidance/due/"))
    GuidanceFactory.create_batch(5, community=community, due_on=timezone.localdate() - timedelta(days=1))
    assert len(warm(browse(asha), "/guidance/due/")) <= few + 2
