"""What the demo's communities talk about."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.rights import can
from conversations.choices import Feeling, IdeaStage, Kind, Level
from conversations.models import Conversation, Poll, Post, Reaction, Standing, Turnout
from conversations.polls.secrecy import put_in, seal
from conversations.promise import following
from conversations.voices.services import keep_voice
from core.audiences import Audience
from core.writing.plain import rich_of
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from people.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """Who said which word for a post: the names are those of ``Feeling``."""

    thanks: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    me_too: tuple[str, ...] = ()
    worth_trying: tuple[str, ...] = ()

    def each(self) -> Iterator[tuple[Feeling, str]]:
        yield from ((feeling, name) for feeling in Feeling for name in getattr(self, feeling.value))


@dataclass(frozen=True, slots=True)
class Said:
    """One post."""

    by: str
    days_ago: int
    text: str
    at: str = "09:00"
    to: int = 0
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Stage:
    """What somebody said comes of it; ``said`` are the numbers of the posts that led to it."""

    stage: str
    by: str
    days_ago: int
    word: str
    said: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll. ``votes`` are the numbers of the options that each person chose, the preferred one first."""

    question: str
    by: str
    options: tuple[str, ...]
    votes: tuple[tuple[int, ...], ...]
    voters: tuple[str, ...]
    method: str = "single"
    secret: bool = True
    closed_days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, in the order in which it was held."""

    slug: str
    community: str
    kind: str
    title: str
    audience: str
    posts: tuple[Said, ...]
    answer: int = 0
    asks_back: int = 0  # the post that asks whoever asked, and waits
    seen_by: str = ""  # who says that they look into it
    pinned: bool = False
    closed_by: str = ""
    closing_word: str = ""
    closed_days_ago: int = 0
    closes_in: int = 0
    stages: tuple[Stage, ...] = ()
    poll: tuple[Asked, ...] = ()


class Conversations(ContentKind[Talk, Conversation]):
    name, word = "conversations", "conversation"
    counted = _("%(n)d conversations")
    needs = ("people", "communities")
    shape = Talk
    longest = LONGEST | {"title": 200, "closing_word": 300}
    choices: ClassVar = {"kind": Kind.values, "audience": Audience.values}

    def names(self, talk: Talk) -> Iterator[tuple[str, Iterable[str]]]:
        yield "communities", (talk.community,)
        yield "people", (post.by for post in talk.posts)
        yield "people", (name for post in talk.posts for _feeling, name in post.words.each())
        yield "people", filter(None, (talk.closed_by, talk.seen_by))
        yield "people", (stage.by for stage in talk.stages)
        yield "people", (name for poll in talk.poll for name in (poll.by, *poll.voters))

    def check(self, talk: Talk, content: Content) -> Faults:
        yield from in_the_past(talk.slug, (post.days_ago for post in talk.posts))
        if not talk.posts:
            yield f"{talk.slug}: nobody says anything."
        if not all(0 <= number <= len(talk.posts) for number in (talk.answer, *(post.to for post in talk.posts))):
            yield f"{talk.slug}: it has no post of that number."
        if any(stage.stage not in IdeaStage.values for stage in talk.stages):
            yield f"{talk.slug}: there is no such stage."
        if any(len(poll.votes) != len(poll.voters) for poll in talk.poll):
            yield f"{talk.slug}: each voter of its poll has one vote."

    def add(self, council: Council, talk: Talk) -> Conversation:
        people = council[PEOPLE]
        moments = [_moment(council, post) for post in talk.posts]
        made: Conversation = Conversation.objects.create(
            community=council[COMMUNITIES][talk.community],
            kind=talk.kind,
            title=talk.title,
            audience=talk.audience,
            begun=moments[0],
            begun_by=people[talk.posts[0].by],
            last_number=len(talk.posts),
            last_posted=moments[-1],
            pinned=moments[0] if talk.pinned else None,
            closed=council.moment(talk.closed_days_ago) if talk.closing_word else None,
            closed_by=people[talk.closed_by] if talk.closed_by else None,
            closing_word=talk.closing_word,
            stage=talk.stages[-1].stage if talk.stages else IdeaStage.OPEN,
            closing_day=council.day(-talk.closes_in) if talk.closes_in else None,
        )
        posts: list[Post] = []
        for number, (said, moment) in enumerate(zip(talk.posts, moments, strict=True), start=1):
            posts.append(_post(council, made, number, said, moment, posts))
        _voice(made, posts[0], people[talk.posts[0].by])
        if talk.answer:
            made.answer = posts[talk.answer - 1]
            made.save(update_fields=["answer"])
        for stage in talk.stages:
            by, moment = people[stage.by], council.moment(stage.days_ago)
            step = made.steps.create(stage=stage.stage, word=stage.word, by=by, at=moment)
            step.said.set(posts[number - 1] for number in stage.said)
        for poll in talk.poll:
            _poll(council, made, poll)
        _promise(council, talk, made, moments)
        return made


def _voice(conversation: Conversation, post: Post, author: User) -> None:
    """An announcement says by which right it speaks."""
    if conversation.kind == Kind.ANNOUNCEMENT and conversation.community is not None:
        right = can(author, Capability.SPEAK, conversation.community)
        if right.is_own:
            keep_voice(post, conversation.community, right)


def _promise(council: Council, talk: Talk, made: Conversation, moments: list[datetime]) -> None:
    """What a question was promised when it was asked, and what came of it."""
    promise = following.begin(made)
    if promise is None:
        return
    if talk.seen_by:
        promise.acknowledged = min(moments[0] + timedelta(minutes=50), council.now)
        promise.acknowledged_by = council[PEOPLE][talk.seen_by]
    if talk.asks_back:
        promise.waiting_since = moments[talk.asks_back - 1]
        promise.waiting_by = council[PEOPLE][talk.posts[talk.asks_back - 1].by]
    following.save(promise)
    following.follow(made, moments[talk.answer - 1] if talk.answer else None)


def _poll(council: Council, conversation: Conversation, asked: Asked) -> None:
    people = council[PEOPLE]
    poll = Poll.objects.create(
        conversation=conversation,
        question=asked.question,
        method=asked.method,
        is_secret=asked.secret,
        made=conversation.begun,
        made_by=people[asked.by],
    )
    options = [poll.options.create(position=number, text=text) for number, text in enumerate(asked.options, start=1)]
    for name, numbers in zip(asked.voters, asked.votes, strict=True):
        choices = [options[number - 1].pk for number in numbers]
        if asked.secret:
            Turnout.objects.create(poll=poll, person=people[name])
            put_in(poll, people[name], choices)
        else:
            poll.votes.create(person=people[name], choices=choices)
    if asked.closed_days_ago:
        poll.closed, poll.closed_by = council.moment(asked.closed_days_ago), people[asked.by]
        poll.save()
        seal(poll)


def _moment(council: Council, said: Said) -> datetime:
    hours, minutes = map(int, said.at.split(":"))
    return min(council.moment(said.days_ago) + timedelta(hours=hours - 9, minutes=minutes), council.now)


def _post(
    council: Council, conversation: Conversation, number: int, said: Said, moment: datetime, before: list[Post]
) -> Post:
    author = council[PEOPLE][said.by]
    post: Post = conversation.posts.create(
        number=number,
        author=author,
        text=said.text,
        html=rich_of(said.text),
        posted=moment,
        in_answer_to=before[said.to - 1] if said.to else None,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"{conversation.pk}:{number}"),
    )
    Reaction.objects.bulk_create(
        Reaction(post=post, person=council[PEOPLE][name], feeling=feeling) for feeling, name in said.words.each()
    )
    following = {"read_to": number, "level": Level.FOLLOW}
    Standing.objects.update_or_create(person=author, conversation=conversation, defaults=following)
    return post


CONVERSATIONS = Conversations()
