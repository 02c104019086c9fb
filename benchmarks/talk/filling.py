"""Writes the talk of a plan into the hub's database, in bulk: no signal is sent, nothing is queued."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from benchmarks.talk import plan
from benchmarks.talk.plan import PlannedConversation, Size
from communities.models import CommunityIndexPage, CommunityPage, Holding, Membership, State
from communities.models.default_roles import facilitator
from communities.services import recount_places
from conversations.choices import Ended, Feeling, Kind, Level
from conversations.models import Case, Conversation, Post, Promise, Reaction, Report, Standing
from conversations.notices import ANSWERED, BEGUN
from conversations.promise.calendars import region_called
from conversations.promise.counting import count
from core import versions
from core.audiences import Audience
from core.batches import batches
from core.databases import statistics
from core.notices import Importance
from home.scaffold import prepare_hub
from notifications.models import Happening, Notice
from people.models import User
from search import services as search

TOGETHER = 1000
PASSWORD = "folkmoot"  # noqa: S105 (of people who are invented)
REPORTED = 200  # posts that wait for those who moderate, at most
TOLD = 100  # notices of each reader
Step = Callable[[str, int], None]
M = TypeVar("M", bound=models.Model)


@transaction.atomic
def fill(size: Size, step: Step) -> None:
    """Everything in one transaction: what is half-made is not there."""
    now = timezone.now()
    with search.paused():
        prepare_hub()
        people = _people(size, step)
        communities = _communities(size, step)
        members = _members(size, people, communities, step)
        talks = list(_conversations(size, communities, members, now))
        _posts(talks, members, step)
        _promises(talks)
        _standings(size, talks, people, step)
        _cases()
        _word(size, talks, people, now)
        versions.begin_new()
    statistics.renew()  # as every night


def totals(size: Size) -> dict[str, int]:
    return {"people": size.people, "communities": size.communities, "posts": size.posts, "readers": size.readers}


def _people(size: Size, step: Step) -> list[User]:
    secret = make_password(PASSWORD)
    rows = (
        User(
            email=f"talker-{n}@example.org", name=f"Talker Number{n}", slug=f"talker-{n}", kind="staff", password=secret
        )
        for n in range(size.people)
    )
    return _made(User, rows, lambda done: step("people", done))


def _communities(size: Size, step: Step) -> list[CommunityPage]:
    index, made = CommunityIndexPage.objects.get(), []
    for number in range(size.communities):
        audience = (Audience.ORGANISATION, Audience.EVERYONE, Audience.MEMBERS)[number % 3]
        page = CommunityPage(
            title=f"Talk of ward {number}", slug=f"talk-{number}", purpose="To talk.", audience=audience, stage="active"
        )
        made.append(index.add_child(instance=page))
        step("communities", 1)
    return made


def _members(size: Size, people: Sequence[User], communities: Sequence[CommunityPage], step: Step) -> list[list[User]]:
    """The members of each community; the first of them facilitates it."""
    inside: list[list[User]] = [[] for _one in communities]
    rows, since = [], timezone.now() - timedelta(days=366 * plan.YEARS)
    for number, person in enumerate(people):
        for place in plan.communities_of(number, size):
            inside[place].append(person)
            rows.append(
                Membership(community=communities[place], person=person, state=State.ACTIVE, since=since, joined=since)
            )
    _made(Membership, rows)
    role = facilitator()
    answered = role.responsibilities.first()
    firsts = [
        Membership.objects.get(community=community, person=some[0])
        for community, some in zip(communities, inside, strict=True)
    ]
    Holding.objects.bulk_create(
        Holding(membership=one, role=role, since=since, answered=answered, accepts=True) for one in firsts
    )
    for community in communities:
        recount_places(community)
    return inside


def _conversations(
    size: Size, communities: Sequence[CommunityPage], members: Sequence[Sequence[User]], now: datetime
) -> Iterator[tuple[PlannedConversation, Conversation]]:
    chance = Random(plan.SEED)  # noqa: S311 (content of a benchmark, not a secret)
    for some in batches(plan.topics(size, now), TOGETHER):
        rows = [
            Conversation(
                community=communities[topic.community],
                kind=topic.kind,
                title=topic.title,
                audience=communities[topic.community].audience,
                begun=topic.begun,
                begun_by=chance.choice(members[topic.community]),
                last_number=topic.posts,
                last_posted=topic.begun + topic.every * (topic.posts - 1),
            )
            for topic in some
        ]
        yield from zip(some, Conversation.objects.bulk_create(rows), strict=True)


def _posts(
    talks: Iterable[tuple[PlannedConversation, Conversation]], members: Sequence[Sequence[User]], step: Step
) -> None:
    """What was said, with a reaction to every fifth post. A few people say most of it, as everywhere."""
    chance = Random(plan.SEED + 1)  # noqa: S311 (as above)
    for some in batches(_said(talks, members, chance), 2 * TOGETHER):
        made = Post.objects.bulk_create(some)
        Reaction.objects.bulk_create(
            Reaction(post=post, person=chance.choice(members[0]), feeling=chance.choice(Feeling.values))
            for post in made[::5]
        )
        step("posts", len(made))


def _said(
    talks: Iterable[tuple[PlannedConversation, Conversation]], members: Sequence[Sequence[User]], chance: Random
) -> Iterator[Post]:
    for topic, conversation in talks:
        inside = members[topic.community]
        here = [inside[min(int(chance.expovariate(8 / len(inside))), len(inside) - 1)] for _one in range(12)]
        for number in range(1, topic.posts + 1):
            text = plan.text(chance)
            yield Post(
                conversation=conversation,
                number=number,
                author=chance.choice(here) if number > 1 else conversation.begun_by,
                text=text,
                html="".join(f"<p>{part}</p>" for part in text.split("\n\n")),
                posted=topic.begun + topic.every * (number - 1),
            )


def _promises(talks: Sequence[tuple[PlannedConversation, Conversation]]) -> None:
    """Each question was acknowledged by the second post. Most are answered; what is older than a year is closed."""
    asked = [conversation for topic, conversation in talks if topic.kind == Kind.QUESTION]
    region, rows = region_called(""), []
    seconds = dict(Post.objects.filter(number=2).values_list("conversation", "posted"))
    chance = Random(plan.SEED + 2)  # noqa: S311 (as above)
    for conversation in asked:
        promise = Promise(conversation=conversation, asked=conversation.begun, acknowledge_within=1, answer_within=3)
        count(promise, region)
        promise.acknowledged = seconds.get(conversation.pk)
        if promise.acknowledged and chance.random() < 0.95:
            promise.ended, promise.ended_as = promise.acknowledged, Ended.ANSWERED
        rows.append(promise)
    _made(Promise, rows)
    for some in batches((row for row in rows if row.ended), TOGETHER):
        answers = dict(
            Post.objects.filter(number=2, conversation__in=[row.conversation_id for row in some]).values_list(
                "conversation", "pk"
            )
        )
        for row in some:
            row.conversation.answer_id = answers[row.conversation_id]
        Conversation.objects.bulk_update([row.conversation for row in some], ["answer"])


def _standings(
    size: Size, talks: Sequence[tuple[PlannedConversation, Conversation]], people: Sequence[User], step: Step
) -> None:
    """Readers have read all but the last posts of so many conversations. Everybody follows where they wrote."""
    wrote: dict[int, set[int]] = defaultdict(set)
    for pk, author in Post.objects.order_by().values_list("conversation", "author").distinct():
        wrote[author].add(pk)
    by_community: dict[int, list[Conversation]] = defaultdict(list)
    for topic, conversation in sorted(talks, key=lambda one: one[1].last_posted, reverse=True):
        by_community[topic.community].append(conversation)
    lasts = {conversation.pk: conversation.last_number for _topic, conversation in talks}
    for number, person in enumerate(people):
        if number < size.readers:
            theirs = [one for place in plan.communities_of(number, size) for one in by_community[place]]
            theirs.sort(key=lambda one: one.last_posted, reverse=True)
            new = {one.pk for one in [one for one in theirs if one.pk not in wrote[person.pk]][: size.unread]}
            rows = [
                Standing(
                    person=person,
                    conversation=one,
                    read_to=max(0, one.last_number - 3) if one.pk in new else one.last_number,
                    level=Level.FOLLOW if one.pk in wrote[person.pk] else Level.NORMAL,
                )
                for one in theirs
            ]
            step("readers", 1)
        else:
            rows = [
                Standing(person=person, conversation_id=pk, read_to=lasts[pk], level=Level.FOLLOW)
                for pk in sorted(wrote[person.pk])
            ]
        _made(Standing, rows)


def _cases() -> None:
    """Posts that somebody reported, one each in as many conversations."""
    posts = list(Post.objects.filter(number=2).exclude(author=None).order_by("pk")[:REPORTED])
    cases = Case.objects.bulk_create(Case(post=post) for post in posts)
    Report.objects.bulk_create(
        Report(case=case, post=case.post, by=case.post.conversation.begun_by, reason="other") for case in cases
    )


def _word(
    size: Size, talks: Sequence[tuple[PlannedConversation, Conversation]], people: Sequence[User], now: datetime
) -> None:
    """What reached people: of each newer conversation an event of its community, and notices of answers for readers."""
    newest = sorted((one for _topic, one in talks), key=lambda one: one.begun)[-len(talks) // 4 :]
    _made(
        Happening,
        (
            Happening(
                kind=BEGUN,
                subject=f"conversations.conversation:{one.pk}",
                matter=f"conversations.conversation:{one.pk}",
                actor=one.begun_by,
                community=one.community,
                audience_token=one.audience_token,
                importance=Importance.MATTERS,
                data={"community": one.community_id},
                at=one.begun,
            )
            for one in newest
        ),
    )
    posts = list(
        Post.objects.order_by("-posted").values_list("pk", "conversation", "author", "posted")[: size.readers * 2]
    )
    told = _made(
        Happening,
        (
            Happening(
                kind=ANSWERED,
                subject=f"conversations.post:{pk}",
                matter=f"conversations.conversation:{conversation}",
                actor_id=author,
                importance=Importance.ADDRESSED,
                data={"conversation": conversation},
                at=posted,
            )
            for pk, conversation, author, posted in posts
        ),
    )
    _made(
        Notice,
        (
            Notice(person=person, happening=told[(number * 13 + place) % len(told)], read_at=now if place % 4 else None)
            for number, person in enumerate(people[: size.readers])
            for place in range(min(TOLD, len(told)))
        ),
    )


def _made(model: type[M], rows: Iterable[M], step: Callable[[int], None] = lambda _done: None) -> list[M]:
    made: list[M] = []
    for some in batches(rows, TOGETHER):
        made += model._default_manager.bulk_create(some)
        step(len(some))
    return made
