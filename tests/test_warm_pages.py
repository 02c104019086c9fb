"""What somebody does in one community leaves the pages of all others as they are kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.models import CommunityPage
from conversations.choices import Kind
from core.models import Topic
from people.models import User
from surgeries.models import SurgeryPage
from tests.conversations.saying import answered, begun
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
from tests.quick import some
from tests.test_query_budgets import queries, warm
from tests.visibility.world import Shelf, World

PAGES: dict[str, Callable[[Shelf], Any]] = {
    "community": lambda shelf: shelf.community.url,
    "members": lambda shelf: f"{shelf.community.url}members/",
    "story": lambda shelf: shelf.story.url,
    "guidance": lambda shelf: shelf.guidance.url,
    "surgery": lambda shelf: shelf.surgery.url,
    "session": lambda shelf: shelf.session.url,
    "talk of a community": lambda shelf: f"/conversations/in/{shelf.community.slug}/",
    "conversation": lambda shelf: shelf.conversation.url,
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


def asks_something(there: Elsewhere) -> None:
    begun(there.community, there.person, Kind.QUESTION)


Deed = Callable[[Elsewhere], None]
DEEDS: list[Deed] = [joins, tells_a_story, announces_a_session, writes_guidance, says_what_it_is_for, asks_something]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed_in_one_community_leaves_the_pages_of_others_warm(world: World, db: Any, deed: Deed) -> None:
    readers, there = {name: world.browser(name) for name in ("nobody", "carys", "bryn", "asha")}, Elsewhere()
    for browser in readers.values():
        browser.get(world.public.conversation.url)  # whoever reads it for the first time changes what is new to them
    cells = [(who, name, str(page(world.public))) for who in readers for name, page in PAGES.items()]
    places = some(cells, every=len(readers), turn=DEEDS.index(deed))
    before = {(who, name): len(warm(readers[who], address)) for who, name, address in places}
    deed(there)
    after = {(who, name): len(queries(lambda w=who, at=at: readers[w].get(at))) for who, name, at in places}
    assert after == before


SHOWS_TALK = {"community", "talk of a community", "conversation"}  # each says how much was said, or what


def test_a_post_leaves_warm_what_shows_no_talk_to_members_of_its_own_community(world: World, db: Any) -> None:
    readers, shelf = {name: world.browser(name) for name in ("nobody", "bryn")}, world.public
    talk = begun(shelf.community, shelf.person)
    for browser in readers.values():
        browser.get(talk.url)
    places = [
        (who, name, str(page(shelf))) for who in readers for name, page in PAGES.items() if name not in SHOWS_TALK
    ]
    places += [(who, at, at) for who in readers for at in LISTS if not at.startswith("/topics/")]
    for who, _name, address in places:
        readers[who].get(address)  # For you is found, and shown for the first time
    before = {(who, name): len(warm(readers[who], address)) for who, name, address in places}
    answered(talk, shelf.person, "There is one in the hall.")
    after = {(who, name): len(queries(lambda w=who, at=at: readers[w].get(at))) for who, name, at in places}
    assert after == before


def test_a_post_has_one_section_of_its_communitys_page_made_anew(world: World, db: Any) -> None:
    reader, shelf = world.browser("bryn"), world.public
    talk = begun(shelf.community, shelf.person)
    before = len(warm(reader, shelf.community.url))
    answered(talk, shelf.person)
    page = reader.get(shelf.community.url)
    assert talk in next(each for each in page.context["sections"] if each.name == "conversations").data["latest"]
    assert "1 answer," in page.content.decode()
    answered(talk, shelf.person)
    made_anew = len(queries(lambda: reader.get(shelf.community.url))) - before
    assert 0 < made_anew <= 3


@pytest.mark.parametrize("place", ["community", "topic"])
def test_how_much_was_said_shows_at_once(world: World, db: Any, place: str) -> None:
    reader, shelf = world.browser("carys"), world.public
    talk = begun(shelf.community, shelf.person, title="Who lends a ladder?")
    talk.topics.add(shelf.community.topics.first())
    address = shelf.community.url if place == "community" else f"/topics/{shelf.community.topics.first().slug}/"
    said = re.compile(r"Who lends a ladder\?.*?(\d answers?),", re.DOTALL)
    for number in ("1 answer", "2 answers"):
        answered(talk, shelf.person)
        assert said.findall(reader.get(address).content.decode()) == [number]


def test_a_join_leaves_every_list_warm_but_that_of_communities(world: World, db: Any) -> None:
    readers, there = {name: world.browser(name) for name in ("nobody", "carys", "bryn")}, Elsewhere()
    for browser in readers.values():
        warm(browser, "/")  # For you is found, and shown for the first time
    places = [(who, address) for who in readers for address in LISTS]
    before = {(who, address): len(warm(readers[who], address)) for who, address in places}
    joins(there)
    after = {(who, at): len(queries(lambda w=who, at=at: readers[w].get(at))) for who, at in places}
    assert after == before
