"""Writes the demo council into the hub."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from taggit.models import ItemBase
from wagtail.models import Page

from communities.models import CommunityIndexPage, CommunityPage, CommunityTopic, Membership, Role, State
from communities.services import recount_places
from core.markup import HERE, block, blocks_of, body_of, rich_text
from core.models import HubPage, Topic
from core.topics import topic_key
from demo import attaching, cast, memory, shapes
from demo.dates import Span, spans
from demo.shapes import Content
from home.models import HomePage
from home.scaffold import prepare_hub
from importing.writing import assign
from knowledge.models import GuidanceIndexPage, GuidancePage, GuidanceTopic
from people.models import User
from search import services as search
from stories.models import StoryAuthor, StoryIndexPage, StoryPage, StoryTopic
from surgeries import services as surgeries
from surgeries.models import Session, SessionMentor, SurgeryIndexPage, SurgeryPage, SurgeryTopic
from surgeries.querysets import midnight

Step = Callable[[], None]


@dataclass(slots=True)
class Council:
    """What was made so far, by slug, so that what follows can name it. ``step`` is called after each thing."""

    now: datetime
    step: Step
    topics: dict[str, Topic] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    communities: dict[str, CommunityPage] = field(default_factory=dict)

    def day(self, days_ago: int) -> date:
        """A day counted back from today; a negative number lies ahead."""
        return timezone.localdate(self.now) - timedelta(days=days_ago)

    def moment(self, days_ago: int) -> datetime:
        """Nine o'clock on such a day, and never later than now."""
        morning = midnight(self.day(days_ago)) + timedelta(hours=9)
        return min(morning, self.now)

    def about(self, page: HubPage, link: type[ItemBase], topics: Iterable[str]) -> None:
        """Say what a page is about; it is written with the page."""
        assign(page, {"topic_links": [link(tag=self.topics[topic]) for topic in topics]})


def size(content: Content) -> int:
    """How many steps a progress bar has to show."""
    return sum(map(len, (content.communities, content.stories, content.surgeries, content.guidance))) + 1


@transaction.atomic
def load(content: Content, step: Step, keys: cast.Keys = cast.Keys()) -> Council:  # noqa: B008 (frozen)
    """Everything in one transaction: either the whole council lives here or none of it.

    Nothing is brought to the search index on the way; the caller indexes once at the end.
    """
    with search.paused():
        home = prepare_hub()
        council = Council(timezone.now(), step)
        council.topics = {topic.slug: _topic(topic) for topic in content.topics}
        council.people = cast.make_people(content.people, council.topics, keys)
        step()
        for community in content.communities:
            _add_community(council, community)
        for story in content.stories:
            _add_story(council, story)
        for page in content.guidance:
            _add_guidance(council, page, [file for file in content.files if file.guidance == page.slug])
        for surgery in content.surgeries:
            _add_surgery(council, surgery)
        if content.front:
            _say_on_front(home, content.front, council)
        memory.remember(council.people, council.now)
    return council


def _topic(topic: shapes.Topic) -> Topic:
    """The topic, which another archive may have brought already."""
    same: Topic | None = (
        Topic.objects.filter(slug=topic.slug).first() or Topic.objects.filter(key=topic_key(topic.name)).first()
    )
    return same or Topic.objects.create(slug=topic.slug, name=topic.name, summary=topic.summary)


def _add(index: type[Page], page: Page, published: datetime) -> None:
    parent = index.objects.get()
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = f"{page.slug}-withermere"
    page.first_published_at = page.last_published_at = published
    parent.add_child(instance=page)


# -- communities -------------------------------------------------------------------------------------------------------
def _add_community(council: Council, row: shapes.Community) -> None:
    mandate = row.mandate
    page = CommunityPage(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        purpose=row.purpose,
        body=body_of([each for part in row.body for each in _blocks(part)]),
        stage=row.stage,
        joining=row.joining,
        capacity=row.capacity or None,
        opened_on=council.day(row.opened_days_ago),
        decided_by=mandate.decided_by,
        decided_on=council.day(mandate.decided_on),
        reference=mandate.reference,
        review_on=council.day(-mandate.review_in),
        sponsor=council.people[row.sponsor],
        emblem=row.emblem,
        cover=row.cover,
        audience=row.audience,
    )
    council.about(page, CommunityTopic, row.topics)
    _add(CommunityIndexPage, page, council.moment(row.opened_days_ago))
    council.communities[row.slug] = page
    _add_members(council, page, row)
    council.step()


def _blocks(part: shapes.Block) -> list[dict[str, object]]:
    if part.type == "heading":
        return [block("heading", part.text)]
    if part.type == "quote":
        return [block("quote", {"text": part.text, "who": part.who})]
    return blocks_of(part.text, HERE)


def _add_members(council: Council, page: CommunityPage, row: shapes.Community) -> None:
    """Members, and after them those who asked or wait, the first of them longest."""
    memberships = [
        Membership(
            community=page,
            person=council.people[member.person],
            role=member.role,
            note=member.note,
            since=council.moment(member.days_ago),
        )
        for member in row.members
    ]
    for state, names in ((State.ASKED, row.asked), (State.WAITING, row.waiting)):
        memberships += [
            Membership(
                community=page, person=council.people[name], state=state, role=Role.MEMBER, since=council.moment(days)
            )
            for days, name in zip(range(len(names), 0, -1), names, strict=True)
        ]
    Membership.objects.bulk_create(memberships)
    recount_places(page)


# -- what communities did, know and offer ------------------------------------------------------------------------------
def _add_story(council: Council, row: shapes.Story) -> None:
    page = StoryPage(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        community=council.communities[row.community],
        audience=row.audience,
        need=rich_text(row.need, HERE),
        what_we_did=rich_text(row.did, HERE),
        what_changed=rich_text(row.changed, HERE),
        evidence=rich_text(row.evidence, HERE),
        reuse=rich_text(row.reuse, HERE),
        quote=row.quote.text,
        quoted=row.quote.who,
        told_on=council.day(row.days_ago),
        scene=row.scene,
    )
    council.about(page, StoryTopic, row.topics)
    authors = [StoryAuthor(person=council.people[name], sort_order=place) for place, name in enumerate(row.authors)]
    assign(page, {"author_links": authors})
    _add(StoryIndexPage, page, council.moment(row.days_ago))
    council.step()


def _add_guidance(council: Council, row: shapes.Guidance, files: list[shapes.File]) -> None:
    checker = council.people[row.checked_by]
    documents = [attaching.hang_up(file, council.moment(row.checked_days_ago)) for file in files]
    page = GuidancePage(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        community=council.communities[row.community],
        audience=row.audience,
        body=body_of([*blocks_of(row.body, HERE), *attaching.links_to(documents)]),
        checked_by=checker,
        checked_on=council.day(row.checked_days_ago),
        due_on=council.day(-row.due_in_days),
        written_on=council.day(row.checked_days_ago),
    )
    council.about(page, GuidanceTopic, row.topics)
    _add(GuidanceIndexPage, page, council.moment(row.checked_days_ago))
    page.authors.add(checker)
    council.step()


def _add_surgery(council: Council, row: shapes.Surgery) -> None:
    page = SurgeryPage(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        description=rich_text(row.description, HERE),
        community=council.communities[row.community],
        audience=row.audience,
        for_whom=row.for_whom,
        place=row.place,
        online_url=row.online_url,
        what_to_bring=row.what_to_bring,
    )
    council.about(page, SurgeryTopic, row.topics)
    past, upcoming = spans(row.pattern, council.now)
    _add(SurgeryIndexPage, page, past[0][0] if past else council.now)
    sessions = _add_sessions(council, page, row, [*past, *upcoming])
    for deviation in row.exceptions:
        _change(sessions[len(past) + deviation.upcoming_index], deviation)
    council.step()


def _add_sessions(council: Council, page: SurgeryPage, row: shapes.Surgery, when: list[Span]) -> list[Session]:
    """All dates of one surgery at once, the mentors in the order in which they are named."""
    token, capacity = page.audience_token, row.capacity or None
    sessions = Session.objects.bulk_create(
        Session(surgery=page, audience_token=token, capacity=capacity, starts=starts, ends=ends)
        for starts, ends in when
    )
    SessionMentor.objects.bulk_create(
        SessionMentor(session=session, person=council.people[name], sort_order=place)
        for session in sessions
        for place, name in enumerate(row.mentors)
    )
    return list(sessions)


def _change(session: Session, deviation: shapes.Deviation) -> None:
    """Cancel or move one date as a facilitator would, so that it says what it was moved from."""
    if deviation.what == "cancelled":
        surgeries.cancel(session, deviation.note)
        return
    day = timezone.localdate(session.starts)
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(deviation.new_start)))
    surgeries.move(session, starts, deviation.new_place or None, deviation.note)


# -- the front page ----------------------------------------------------------------------------------------------------
def _say_on_front(home: HomePage, front: shapes.Front, council: Council) -> None:
    home.seo_title = front.greeting
    home.summary = front.lede
    home.asked_this_week = [("asked", {"text": asked.text, "query": asked.query}) for asked in front.asked_this_week]
    home.welcome_title = front.new_here.title
    home.welcome_text = front.new_here.text
    home.host = council.people[front.new_here.person]
    home.save()
