"""Makes the parts of the demo's conversations: posts, promises, polls, and what was decided about posts.

Posts of one conversation are written together: there are hundreds, and ``load_demo`` is somebody's first minute.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from communities.choices import Capability
from communities.rights import can
from conversations.choices import FileKind, ModerationOutcome
from conversations.mentions import services as mentions
from conversations.models import (
    Attachment,
    AttachmentText,
    Case,
    Conversation,
    Entry,
    Guest,
    Mention,
    Poll,
    Post,
    Reaction,
    Report,
    Standing,
    Turnout,
)
from conversations.models.moderation import WORD
from conversations.polls.secrecy import put_in, seal
from conversations.promise import progress
from conversations.voices.services import keep_voice
from core.writing.plain import rich_of
from demo.kind import Council
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from demo.kinds.talk_shapes import Asked, Attached, PostShape, Removed, Talk
from demo.papers import NEW_PAGE, pdf
from people.models import User


def moment_of(council: Council, said: PostShape) -> datetime:
    hours, minutes = map(int, said.at.split(":"))
    return min(council.moment(said.days_ago) + timedelta(hours=hours - 9, minutes=minutes), council.now)


def make_posts(council: Council, conversation: Conversation, talk: Talk, moments: list[datetime]) -> list[Post]:
    """All of them, with the words that were said for each, and where their authors stand."""
    if talk.merged_into:  # they are that one's now
        return []
    people = council[PEOPLE]
    pairs = list(zip(talk.posts, moments, strict=True))
    rows = [_post(council, conversation, number, *pair) for number, pair in enumerate(pairs, start=1)]
    posts: list[Post] = Post.objects.bulk_create(rows)
    answers = [post for post, said in zip(posts, talk.posts, strict=True) if said.to]
    for post, said in zip(posts, talk.posts, strict=True):
        post.in_answer_to = posts[said.to - 1] if said.to else None
    if answers:
        Post.objects.bulk_update(answers, ["in_answer_to"])
    words = ((post, *pair) for post, said in zip(posts, talk.posts, strict=True) for pair in said.words.each())
    Reaction.objects.bulk_create(Reaction(post=post, person=people[name], feeling=word) for post, word, name in words)
    last = {said.by: number for number, said in enumerate(talk.posts, start=1) if not said.gone_to}
    Standing.objects.bulk_create(
        Standing(person=people[name], conversation=conversation, read_to=number, level="follow")
        for name, number in last.items()
    )
    for post, said in zip(posts, talk.posts, strict=True):
        for removed in said.removed:
            _case(council, post, removed)
        for attached in said.files:
            _attach(post, attached)
    return posts


def make_names(posts: Iterable[Post]) -> None:
    """What they name with an @, once it is known who reads there. Nobody is told: that was when it was written."""
    for post in posts:
        if "@" in post.text and post.author is not None:
            said = mentions.written(post.text, post.conversation, post.author)
            post.html = said.html
            post.save(update_fields=["html"])
            Mention.objects.bulk_create(mentions.row(post, span) for span in said.spans)


def _attach(post: Post, attached: Attached) -> None:
    """A PDF with the words that search reads in it."""
    pages = NEW_PAGE.split(attached.text)
    content = pdf(attached.title, pages)
    row = Attachment(post=post, name=attached.name, kind=FileKind.PDF, size=len(content), added=post.posted)
    row.file.save(row.name, ContentFile(content), save=False)
    row.save()
    AttachmentText.objects.create(attachment=row, text="\n\n".join(pages), read_on=post.posted)


def make_guests(council: Council, conversation: Conversation, talk: Talk) -> None:
    """Those from outside who take part in it, and have come."""
    people = council[PEOPLE]
    for visitor in talk.guests:
        sponsor, since = people[visitor.sponsor], council.moment(visitor.days_ago)
        Guest.objects.create(
            conversation=conversation,
            community=council[COMMUNITIES][talk.community],
            email=people[visitor.person].email or "",
            person=people[visitor.person],
            sponsor=sponsor,
            invited_by=sponsor,
            purpose=visitor.purpose,
            since=since,
            came=since + timedelta(hours=1),
            until=council.day(-visitor.ends_in),
        )


def _post(council: Council, conversation: Conversation, number: int, said: PostShape, moment: datetime) -> Post:
    removed = said.removed[0] if said.removed else None
    return Post(
        conversation=conversation,
        number=number,
        author=None if said.gone_to else council[PEOPLE][said.by],
        principal=council[PEOPLE][said.behalf] if said.behalf else None,
        is_for_another=bool(said.behalf),
        text=said.text,
        html=rich_of(said.text) if said.text else "",
        posted=moment,
        removed=council.moment(removed.days_ago) if removed else moment if said.gone_to else None,
        removed_by=council[PEOPLE][removed.by] if removed else None,
        why_removed=removed.why if removed else "",
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"{conversation.pk}:{number}"),
    )


def _case(council: Council, post: Post, removed: Removed) -> None:
    """What was reported, decided and appealed, a day after each other."""
    people, decided = council[PEOPLE], council.moment(removed.days_ago)
    appealed = min(decided + timedelta(hours=9), council.now) if removed.appeal else None
    answered = min(decided + timedelta(days=1), council.now) if removed.answer else None
    case = Case.objects.create(
        post=post,
        opened=post.posted + (decided - post.posted) / 2,
        outcome=ModerationOutcome.REMOVED,
        decided=decided,
        decided_by=people[removed.by],
        word=removed.why,
        appealed=appealed,
        appeal=removed.appeal,
        answer=removed.answer,
        answered=answered,
        answered_by=people[removed.answered_by] if removed.answered_by else None,
        answering_word=removed.answering_word[:WORD],
    )
    Report.objects.bulk_create(
        Report(case=case, post=post, by=people[name], reason=removed.reason, at=case.opened)
        for name in removed.reported_by
    )


def make_deeds(council: Council, conversation: Conversation, talk: Talk) -> None:
    """Its history: without keys to undo it by, because that was possible for ten minutes."""
    Entry.objects.bulk_create(
        Entry(
            conversation=conversation,
            action=deed.action,
            by=council[PEOPLE][deed.by],
            at=council.moment(deed.days_ago),
            word=deed.word,
            data={"conversation": conversation.pk},
        )
        for deed in talk.deeds
    )


def make_promise(council: Council, talk: Talk, made: Conversation, moments: list[datetime]) -> None:
    """What a question was promised when it was asked, and what came of it."""
    promise = progress.begin(made)
    if promise is None:
        return
    if talk.seen_by:
        promise.acknowledged = min(moments[0] + timedelta(minutes=50), council.now)
        promise.acknowledged_by = council[PEOPLE][talk.seen_by]
    if talk.asks_back:
        promise.waiting_since = moments[talk.asks_back - 1]
        promise.waiting_by = council[PEOPLE][talk.posts[talk.asks_back - 1].by]
    if talk.seen_by or talk.asks_back:
        progress.save(promise)
    ended = moments[talk.answer - 1] if talk.answer else made.closed
    progress.follow(made, ended)


def make_voice(conversation: Conversation, post: Post, author: User) -> None:
    """An announcement says by which right it speaks."""
    right = can(author, Capability.SPEAK, conversation.community)
    if right.is_own and conversation.community is not None:
        keep_voice(post, conversation.community, right)


def make_poll(council: Council, conversation: Conversation, asked: Asked) -> None:
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
