"""What the demo's communities talk about: one file for what is new, and one a community for half a year."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from conversations.choices import AppealDecision, IdeaStage, Kind, ReportReason
from conversations.models import Conversation, ConversationTopic, Post
from core.audiences import Audience
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from demo.kinds.talk_making import (
    make_deeds,
    make_guests,
    make_names,
    make_poll,
    make_posts,
    make_promise,
    make_voice,
    moment_of,
)
from demo.kinds.talk_shapes import Talk
from demo.shaping import rows


class Conversations(ContentKind[Talk, Conversation]):
    name, word = "conversations", "conversation"
    counted = _("%(n)d conversations")
    needs = ("topics", "people", "communities")
    shape = Talk
    longest = LONGEST | {"title": 200, "closing_word": 300, "why": 300, "word": 1000}
    choices: ClassVar = {"kind": Kind.values, "audience": Audience.values}

    def read(self, folder: Path) -> tuple[Talk, ...]:
        files = sorted((folder / "conversations").glob("*.toml"))
        older = [talk for path in files for talk in rows(folder, f"conversations/{path.name}", self.word, Talk)]
        return (*super().read(folder), *older)

    def names(self, talk: Talk) -> Iterator[tuple[str, Iterable[str]]]:
        yield "topics", talk.topics
        yield "communities", (talk.community,)
        yield "people", (post.by for post in talk.posts)
        yield "people", filter(None, (post.behalf for post in talk.posts))
        yield "people", (name for post in talk.posts for _feeling, name in post.words.each())
        yield "people", filter(None, (talk.closed_by, talk.seen_by))
        yield "people", (stage.by for stage in talk.stages)
        yield "people", (deed.by for deed in talk.deeds)
        yield "people", (name for visitor in talk.guests for name in (visitor.person, visitor.sponsor))
        yield "people", (name for poll in talk.poll for name in (poll.by, *poll.voters))
        for removed in (one for post in talk.posts for one in post.removed):
            yield "people", filter(None, (removed.by, removed.answered_by, *removed.reported_by))

    def check(self, talk: Talk, content: Content) -> Faults:
        yield from in_the_past(talk.slug, (post.days_ago for post in talk.posts))
        yield from _in_order(talk)
        yield from _by_members(talk, content)
        if not talk.posts:
            yield f"{talk.slug}: nobody says anything."
        if not all(0 <= number <= len(talk.posts) for number in (talk.answer, *(post.to for post in talk.posts))):
            yield f"{talk.slug}: it has no post of that number."
        if any(stage.stage not in IdeaStage.values for stage in talk.stages):
            yield f"{talk.slug}: there is no such stage."
        if any(len(poll.votes) != len(poll.voters) for poll in talk.poll):
            yield f"{talk.slug}: each voter of its poll has one vote."
        for removed in (one for post in talk.posts for one in post.removed):
            if removed.reason not in {"", *ReportReason.values} or removed.answer not in {"", *AppealDecision.values}:
                yield f"{talk.slug}: nothing is removed for that, or answered so."
        slugs = {other.slug for other in content[self]}
        if not {talk.merged_into, *(post.gone_to for post in talk.posts)} <= {"", *slugs}:
            yield f"{talk.slug}: nothing of it stands in another conversation."

    def load(self, council: Council, things: Sequence[Talk]) -> Iterator[Conversation]:
        """All of them, and then what leads from one to another."""
        made: dict[str, Conversation] = {}
        for talk in things:
            made[talk.slug] = self.add(council, talk)
            yield made[talk.slug]
        _lead_on(things, made)

    def add(self, council: Council, talk: Talk) -> Conversation:
        people = council[PEOPLE]
        moments = [moment_of(council, post) for post in talk.posts]
        made: Conversation = Conversation.objects.create(
            community=council[COMMUNITIES][talk.community],
            kind=talk.kind,
            title=talk.title,
            audience=talk.audience,
            begun=moments[0],
            begun_by=people[talk.posts[0].by],
            principal=people[talk.posts[0].behalf] if talk.posts[0].behalf else None,
            is_for_another=bool(talk.posts[0].behalf),
            last_number=len(talk.posts),
            last_posted=moments[-1],
            pinned=moments[0] if talk.pinned else None,
            closed=council.moment(talk.closed_days_ago) if talk.closing_word else None,
            closed_by=people[talk.closed_by] if talk.closed_by else None,
            closing_word=talk.closing_word,
            stage=talk.stages[-1].stage if talk.stages else IdeaStage.OPEN,
            closing_day=council.day(-talk.closes_in) if talk.closes_in else None,
            merged_into=council[self][talk.merged_into] if talk.merged_into else None,
        )
        ConversationTopic.objects.bulk_create(
            ConversationTopic(tag=council.made["topics"][name], content_object=made) for name in talk.topics
        )
        posts = make_posts(council, made, talk, moments)
        if talk.kind == Kind.ANNOUNCEMENT:
            make_voice(made, posts[0], people[talk.posts[0].by])
        if talk.answer:
            made.answer = posts[talk.answer - 1]
            made.save(update_fields=["answer"])
        for stage in talk.stages:
            by, moment = people[stage.by], council.moment(stage.days_ago)
            step = made.steps.create(stage=stage.stage, word=stage.word, by=by, at=moment)
            step.said.set(posts[number - 1] for number in stage.said)
        for poll in talk.poll:
            make_poll(council, made, poll)
        make_deeds(council, made, talk)
        make_guests(council, made, talk)
        make_names(posts)
        make_promise(council, talk, made, moments)
        return made

    def parts(self, talk: Talk) -> Iterable[Any]:
        removed = (one for post in talk.posts for one in post.removed)
        files = (one for post in talk.posts for one in post.files)
        return (talk, *talk.stages, *talk.deeds, *talk.guests, *removed, *files)


def _in_order(talk: Talk) -> Faults:
    """Nobody answers what was not said yet."""
    told = [(-post.days_ago, post.at) for post in talk.posts]
    if told != sorted(told):
        yield f"{talk.slug}: its posts are not in the order in which they were written."


def _by_members(talk: Talk, content: Content) -> Faults:
    """Whoever writes belonged to the community then, or was a guest. Anybody asks, and goes on with what they asked."""
    community = next((one for one in content[COMMUNITIES] if one.slug == talk.community), None)
    since = {visitor.person: visitor.days_ago for visitor in talk.guests}
    since |= {member.person: member.days_ago for member in community.members} if community else {}
    own = {talk.posts[0].by} if talk.posts and (talk.kind == Kind.QUESTION or talk.deeds) else set()
    for post in talk.posts:
        if post.by not in own and since.get(post.by, -1) < post.days_ago:
            yield f"{talk.slug}: {post.by} was no member of {talk.community} then."


def _lead_on(things: Sequence[Talk], made: dict[str, Conversation]) -> None:
    """The links that posts left where they stood."""
    gone = [
        (made[talk.slug], number, said)
        for talk in things
        for number, said in enumerate(talk.posts, start=1)
        if said.gone_to and not talk.merged_into
    ]
    for conversation, number, said in gone:
        there = Post.objects.get(conversation=made[said.gone_to], number=said.gone_as)
        Post.objects.filter(conversation=conversation, number=number).update(moved_to=there)


CONVERSATIONS = Conversations()
