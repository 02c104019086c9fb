"""Beginning a conversation, answering in it, and changing or taking away what was written."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from communities.rights import lock
from conversations.choices import Kind
from conversations.delegates import rights as delegates
from conversations.delegates.notices import tell_written
from conversations.mentions import services as mentions
from conversations.models import POSTS, Conversation, Post, PostVersion, posts_of
from conversations.notices import tell_answered, tell_begun
from conversations.permissions import part_of
from conversations.services.drafts import forget_draft
from conversations.services.locking import CannotPost, home_of_row, locked, locked_post, locked_to_answer
from conversations.services.reading import wrote
from conversations.side_effects import follow_up
from conversations.voices.services import keep_voice, why_not_changed
from core import versions
from core.audiences import may_see
from core.outbox import together
from people.models import User
from search.services import changed, grown

ASKED_FOR = timedelta(days=21)
"""How long a consultation asks, where nobody says otherwise."""


Bring = Callable[[Post], bool]
"""Puts to a post what comes with its words, such as files, and says whether that changed anything."""


def nothing_else(_post: Post) -> bool:
    """Only words."""
    return False


class Meanwhile(Exception):
    """Others wrote since the form was opened: ``posts`` is what they said."""

    def __init__(self, posts: Sequence[Post]) -> None:
        super().__init__()
        self.posts = posts


@transaction.atomic
def begin(
    community: CommunityPage,
    kind: Kind,
    title: str,
    text: str,
    audience: str,
    by: User,
    key: uuid.UUID,
    *,
    closing_day: date | None = None,
    bring: Bring = nothing_else,
    topics: Collection[str] = (),
    behalf: int | None = None,
) -> Conversation:
    """A new conversation with its first post. Sent twice, it is begun once. ``behalf`` is the key of whoever it is
    begun for by ``by``, their delegate.
    """
    if (known := _sent(by, key)) is not None:
        return known.conversation
    if kind == Kind.ANNOUNCEMENT:
        lock(community)  # a grant is used before it is withdrawn, or not
    principal = delegates.lock_to_begin(by, behalf, kind, community) if behalf else None
    part = part_of(principal or by, community)
    if kind not in part.begins:
        raise CannotPost(_("You cannot begin this here any more. What you wrote is below."))
    conversation: Conversation = Conversation.objects.create(
        community=community,
        kind=kind,
        title=title,
        audience=audience,
        begun_by=by,
        principal=principal,
        is_for_another=principal is not None,
        closing_day=(closing_day or timezone.localdate() + ASKED_FOR) if kind == Kind.CONSULTATION else None,
    )
    if not may_see(principal or by, conversation):
        raise CannotPost(_not_among_readers(principal))
    conversation.topics.set(topics)
    try:
        with transaction.atomic():
            post = _write(conversation, text, by, key, principal=principal)
    except IntegrityError as error:  # the same form was sent twice at once
        raise CannotPost(_("This was sent already.")) from error
    bring(post)
    if kind == Kind.ANNOUNCEMENT:
        keep_voice(post, community, part.speaks)
    tell_begun(conversation, by)
    tell_written(post, by)
    return conversation


def _not_among_readers(principal: User | None) -> str:
    if principal is None:
        return _("You could not read this yourself. Choose again who may read it.")
    words = _("%(name)s could not read this, and it stands in their name. Choose again who may read it.")
    return words % {"name": principal}


@transaction.atomic
def reply(
    conversation: Conversation,
    text: str,
    by: User,
    *,
    key: uuid.UUID,
    seen: int,
    in_answer_to: int | None = None,
    bring: Bring = nothing_else,
    behalf: int | None = None,
    has_draft: bool = False,
) -> Post:
    """Answer. ``seen`` is the number of the last post that ``by`` saw: what others wrote after it is read first.
    ``behalf`` is the key of whoever ``by`` answers for, as their delegate. Sent twice, it is one post, whatever has
    happened since it was sent first. ``has_draft`` says that it was typed where a draft of it may be kept.
    """
    row = locked_to_answer(conversation)
    try:
        with transaction.atomic(), together():
            post = _answer(row, text, by, key, seen, in_answer_to, bring, behalf)
    except (IntegrityError, CannotPost, Meanwhile):
        if (known := _sent(by, key)) is None:
            raise
        post = known
    if has_draft:
        forget_draft(conversation, by)
    return post


def _answer(
    row: Conversation,
    text: str,
    by: User,
    key: uuid.UUID,
    seen: int,
    in_answer_to: int | None,
    bring: Bring,
    behalf: int | None,
) -> Post:
    if not part_of(by, home_of_row(row)).replies(row):
        raise CannotPost(why_not(row))
    principal = delegates.lock_to_answer(by, behalf, row) if behalf else None
    if row.last_number > seen and (newer := list(row.posts.shown().after(seen).exclude(author=by).for_reading())):
        raise Meanwhile(newer)
    answered = row.posts.shown().filter(number=in_answer_to).first() if in_answer_to else None
    post = _write(row, text, by, key, answered, principal)
    bring(post)
    tell_answered(post, by)
    tell_written(post, by)
    return post


def why_not(conversation: Conversation) -> str:
    """Why nothing can be added to it."""
    if conversation.is_locked:
        return _("Nobody can write here for a while: those who moderate have locked it.")
    if conversation.closed:
        return _("This conversation was closed meanwhile. Ask those who moderate it to open it again.")
    return _("You cannot write here any more. Join the community to go on.")


@transaction.atomic
def edit(post: Post, text: str, by: User, bring: Bring = nothing_else) -> Post:
    """Change one's own words. What they were stays in the post's history, with who changed them."""
    if post.spoken_for is not None:
        lock(home_of_row(post.conversation))
    conversation = locked(post.conversation)
    row = locked_post(post)
    is_here = row.conversation_id == conversation.pk
    if not (is_here and part_of(by, home_of_row(conversation)).edits(conversation, row)):
        raise CannotPost(delegates.why_not_changed(row, by) or why_not_changed(row) or why_not(conversation))
    delegates.lock_to_change(row, by)
    brings = bring(row)
    if row.text == text and not brings:
        return row
    if row.text != text:
        PostVersion.objects.create(post=row, text=row.text, until=timezone.now(), by=by)
    before = mentions.before(row)
    said = mentions.written(text, conversation, by, before)
    row.text, row.html, row.edited = said.text, said.html, timezone.now()
    row.save(update_fields=["text", "html", "edited"])
    mentions.keep(row, said, by, before)
    tell_written(row, by, edited=True)
    changed(conversation)
    return row


def _sent(by: User, key: uuid.UUID) -> Post | None:
    """What was sent with this form already."""
    post: Post | None = Post.objects.filter(author=by, key=key).select_related("conversation").first()
    return post


def _write(
    conversation: Conversation,
    text: str,
    by: User,
    key: uuid.UUID,
    answered: Post | None = None,
    principal: User | None = None,
) -> Post:
    said = mentions.written(text, conversation, by)
    before, conversation.last_posted = conversation.last_posted, timezone.now()
    conversation.last_number += 1
    scopes = (POSTS, posts_of(conversation.community_id), versions.news_of(by.pk))
    versions.changed(*scopes)  # of all that follows, at once
    conversation.save(update_fields=["last_number", "last_posted"])
    grown(conversation, before)
    post: Post = conversation.posts.create(
        number=conversation.last_number,
        author=by,
        principal=principal,
        is_for_another=principal is not None,
        text=said.text,
        html=said.html,
        posted=conversation.last_posted,
        in_answer_to=answered,
        key=key,
    )
    mentions.keep(post, said, by)
    wrote(conversation, by, post.number)
    follow_up(conversation)
    return post
