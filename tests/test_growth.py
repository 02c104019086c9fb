"""What must not grow with what the hub holds: a list asks the database as often with thirty rows as with four."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import FACILITATOR, Claim, ClaimEvidence, CommunityPage, Stage, State
from conversations import services as conversations
from conversations.choices import Feeling, Kind
from core.audiences import Audience
from core.models import Topic
from indexing.documents import key_of
from people.models import Absence, User
from search import services as search
from tests.conftest import browse
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
    day = timezone.localdate()
    Absence.objects.create(person=person, first=day, last=day + timedelta(days=9), stand_in=asha)
    other = CommunityFactory()
    make_member(asha, other, FACILITATOR)
    surgery = SurgeryFactory(community=community)
    today = SessionFactory(surgery=surgery, starts=timezone.now() + timedelta(minutes=5))
    today.mentors.add(person, asha)
    SessionFactory(surgery=surgery, past=True).mentors.add(asha)
    story = tell(StoryFactory(community=community), person, asha)
    due = timezone.localdate() - timedelta(days=3)
    guidance = GuidanceFactory(community=community, checked_by=person, due_on=due)
    for page in (guidance, surgery):
        page.save_revision()  # a draft, beside what readers have
    answered(begun(community, person, Kind.QUESTION), asha)
    for one, of in ((person, community), (asha, other)):
        claim = Claim.objects.create(person=one, community=of, topic=topic, words="Twelve years of it.")
        ClaimEvidence.objects.create(claim=claim, thing=key_of(story), thing_pk=story.pk)
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
    "guidance that one looks after": "/guidance/writing/",
    "surgeries that one looks after": "/surgeries/writing/",
    "conversations": "/conversations/",
    "thanks": "/thanks/",
    "what one is named for": "/named/",
    "who asks to be named": "/named/waiting/",
    "to ask to be named": "/named/ask/",
    "what one wrote by e-mail": "/conversations/by-mail/",
    "conversations of a community": "/conversations/in/foster-care-together/",
    "schedule": "/surgeries/",
    "calendar": "/surgeries/calendar.ics",
    "directory": "/people/",
    "person": "/people/asha-okafor/",
    "topic": "/topics/lanterns/",
    "who knows": "/people/who-knows/?q=lanterns",
    "away": "/people/me/away/",
    "job description": "/people/me/job-description/",
    "sitemap": "/sitemap.xml",
}


def settled(browser: Client, address: str) -> list[str]:
    """What a page asks once that is shown, too, which its first look had found in the background."""
    warm(browser, address)
    return warm(browser, address)


@pytest.mark.slow
def test_thirty_rows_ask_no_more_than_four(hub: Callable[[int], None], asha: User) -> None:
    browser = browse(asha)
    hub(4)  # one more than the front page shows of what is due, so that it counts the rest here and there
    few = {name: settled(browser, address) for name, address in GROWING.items()}
    hub(26)
    thirty = {name: settled(browser, address) for name, address in GROWING.items()}
    differing = {name: (few[name], thirty[name]) for name in GROWING if len(few[name]) != len(thirty[name])}
    assert differing == {}
    assert {name for name, asked in thirty.items() if len(asked) > LIST and name != "sitemap"} == set()


def test_a_long_story_asks_no_more_than_a_short_one(community: CommunityPage, asha: User) -> None:
    short, long = StoryFactory(community=community), StoryFactory(community=community)
    tell(short, asha)
    tell(long, *PersonFactory.create_batch(12))
    assert len(warm(browse(asha), short.url)) == len(warm(browse(asha), long.url))


def test_a_long_conversation_asks_no_more_than_a_short_one(community: CommunityPage, asha: User, bryn: User) -> None:
    conversation = begun(community, bryn)
    conversations.react(answered(conversation, asha), bryn, Feeling.AGREE)
    short = len(settled(browse(asha), conversation.url))
    for number in range(28):
        post = answered(conversation, bryn if number % 2 else asha)
        conversations.react(post, bryn if post.author == asha else asha, Feeling.THANKS)
    assert len(settled(browse(asha), conversation.url)) == short


def test_the_due_list_asks_no_more_with_more_pages(community: CommunityPage, asha: User) -> None:
    few = len(warm(browse(asha), "/guidance/due/"))
    GuidanceFactory.create_batch(5, community=community, due_on=timezone.localdate() - timedelta(days=1))
    assert len(warm(browse(asha), "/guidance/due/")) <= few + 2


# -- what is written ---------------------------------------------------------------------------------------------------
def publishes(community: CommunityPage, **changes: object) -> Callable[[], object]:
    def publish() -> None:
        page = CommunityPage.objects.get(pk=community.pk)
        for name, value in changes.items():
            setattr(page, name, value)
        page.save_revision().publish()

    return publish


WRITES: dict[str, Callable[[CommunityPage], Callable[[], object]]] = {
    "save it": lambda community: publishes(community, purpose="To keep bees."),
    "narrow it to the organisation": lambda community: publishes(community, audience=Audience.ORGANISATION),
    "narrow it to its members": lambda community: publishes(community, audience=Audience.MEMBERS),
    "close it": lambda community: publishes(community, stage=Stage.CLOSED),
    "narrow it in bulk": lambda community: (
        lambda: CommunityPage.objects.filter(pk=community.pk).update(audience=Audience.MEMBERS)
    ),
}


def test_a_write_asks_no_more_with_thirty_things_than_with_three(
    hub: Callable[[int], None], community: CommunityPage
) -> None:
    open_it = publishes(community, audience=Audience.EVERYONE, stage=Stage.ACTIVE)

    def asked() -> dict[str, int]:
        counts = {}
        for name, write in WRITES.items():
            open_it()
            counts[name] = count_of(write(community))
        return counts

    hub(3)
    asked()  # what a page leaves only when it is published for the first time is there
    few = asked()
    hub(27)
    assert asked() == few


def count_of(write: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        write()
    return len(asked)
