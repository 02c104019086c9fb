"""What somebody does in one community leaves the pages of all others as they are kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.models import CommunityPage
from core.models import Topic
from people.models import User
from surgeries.models import SurgeryPage
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
from tests.test_query_budgets import queries, warm
from tests.visibility import Shelf, World

PAGES: dict[str, Callable[[Shelf], Any]] = {
    "community": lambda shelf: shelf.community.url,
    "members": lambda shelf: f"{shelf.community.url}members/",
    "story": lambda shelf: shelf.story.url,
    "guidance": lambda shelf: shelf.guidance.url,
    "surgery": lambda shelf: shelf.surgery.url,
    "session": lambda shelf: shelf.session.url,
    "plain page": lambda _shelf: "/privacy/",
}
LISTS = ("/", "/stories/", "/guidance/", "/surgeries/", "/people/", "/topics/lantern-lore/", "/people/lantern-reader/")


@dataclass(frozen=True)
class Elsewhere:
    """Another community with what it looks after, and somebody who is about to do something there."""

    community: CommunityPage = field(default_factory=CommunityFactory)
    person: User = field(default_factory=PersonFactory)

    def surgery(self) -> SurgeryPage:
        surgery: SurgeryPage = SurgeryFactory(community=self.community)
        return surgery


def joins(there: Elsewhere) -> None:
    make_member(there.person, there.community)


def tells_a_story(there: Elsewhere) -> None:
    story = tell(StoryFactory(community=there.community), there.person)
    story.topics.add(Topic.objects.create(name="A topic that nobody had"))
    story.save_revision().publish()


def announces_a_session(there: Elsewhere) -> None:
    session = SessionFactory(surgery=there.surgery(), starts=timezone.now() + timedelta(hours=2))
    session.mentors.add(there.person)


def writes_guidance(there: Elsewhere) -> None:
    GuidanceFactory(community=there.community).save_revision().publish()


def says_what_it_is_for(there: Elsewhere) -> None:
    there.community.purpose = "To keep bees."
    there.community.save_revision().publish()


Deed = Callable[[Elsewhere], None]
DEEDS: list[Deed] = [joins, tells_a_story, announces_a_session, writes_guidance, says_what_it_is_for]


@pytest.mark.parametrize("reader", ["nobody", "carys", "bryn", "asha"])
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed_in_one_community_leaves_the_pages_of_others_warm(
    world: World, db: Any, deed: Deed, reader: str
) -> None:
    browser, there = world.browser(reader), Elsewhere()
    addresses = {name: str(page(world.public)) for name, page in PAGES.items()}
    before = {name: len(warm(browser, address)) for name, address in addresses.items()}
    deed(there)
    assert {name: len(queries(lambda at=at: browser.get(at))) for name, at in addresses.items()} == before


@pytest.mark.parametrize("reader", ["nobody", "carys", "bryn"])
def test_a_join_leaves_every_list_warm_but_that_of_communities(world: World, db: Any, reader: str) -> None:
    browser, there = world.browser(reader), Elsewhere()
    warm(browser, "/")  # For you is found, and shown for the first time
    before = {address: len(warm(browser, address)) for address in LISTS}
    joins(there)
    assert {address: len(queries(lambda at=address: browser.get(at))) for address in LISTS} == before
