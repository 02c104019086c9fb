"""Beginning a conversation, answering in it, and changing or taking away what was written."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.choices import Kind, Level
from conversations.models import Conversation, Post, PostVersion, Standing
from conversations.notices import tell_answered, tell_begun
from conversations.permissions import part_of
from conversations.services.log import note
from conversations.services.reading import read_up_to
from core.writing.plain import rich_of
from people.models import User
from search.services import changed


class CannotPost(Exception):
    """Nothing can be written there by them, or no longer; the words say why."""


class Meanwhile(Exception):
    """Others wrote since the form was opened: ``posts`` is what they said."""

    def __init__(self, posts: Sequence[Post]) -> None:
        super().__init__()
        self.posts = posts


@transaction.atomic
def begin(
    community: CommunityPage, kind: Kind, title: str, text: str, audience: str, by: User, key: uuid.UUID
) -> Conversation:
    """A new conversation with its first post. Sent twice, it is begun once."""
    if (known := _sent(by, key)) is not None:
        return known.conversation
    if kind not in part_of(by, community).begins:
        raise CannotPost(_("You cannot begin this here any more. What you wrote is below."))
    conversation: Conversation = Conversation.objects.create(
        community=community, kind=kind, title=title, audience=audience, begun_by=by
    )
    _write(conversation, text, by, key)
    tell_begun(conversation, by)
    return conversation


@transaction.atomic
def reply(
    conversation: Conversation, text: str, by: User, *, key: uuid.UUID, seen: int, in_answer_to: int | None = None
) -> Post:
    """Answer. ``seen`` is the number of the last post that ``by`` saw: what others wrote after it is read first."""
    row = _locked(conversation)
    if (known := _sent(by, key)) is not None:
        return known
    if not part_of(by, _home(row)).replies(row):
        raise CannotPost(why_not(row))
    newer = list(row.posts.shown().after(seen).exclude(author=by).for_reading())
    if newer:
        raise Meanwhile(newer)
    answered = row.posts.shown().filter(number=in_answer_to).first() if in_answer_to else None
    post = _write(row, text, by, key, answered)
    tell_answered(post, by)
    return post


def why_not(conversation: Conversation) -> str:
    """Why nothing can be added to it."""
    if conversation.closed:
        return _("This conversation was closed meanwhile. Ask those who moderate it to open it again.")
    return _("You cannot write here any more. Join the community to go on.")


@transaction.atomic
def edit(post: Post, text: str, by: User) -> Post:
    """Change one's own words. What they were stays in the post's history."""
    conversation = _locked(post.conversation)
    row: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not part_of(by, _home(conversation)).edits(conversation, row):
        raise CannotPost(why_not(conversation))
    if row.text == text:
        return row
    PostVersion.objects.create(post=row, text=row.text, until=timezone.now())
    row.text, row.html, row.edited = text, rich_of(text), timezone.now()
    row.save(update_fields=["text", "html", "edited"])
    changed(conversation)
    return row


@transaction.atomic
def remove(post: Post, by: User, reason: str = "") -> None:
    """Take a post away. Its place stays; its author reads the reason where somebody else took it away."""
    conversation = _locked(post.conversation)
    row: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not part_of(by, _home(conversation)).removes(row):
        raise CannotPost(_("This post cannot be removed by you."))
    row.removed, row.removed_by, row.why_removed = timezone.now(), by, reason
    row.save(update_fields=["removed", "removed_by", "why_removed"])
    if conversation.answer_id == row.pk:
        conversation.answer = None
    conversation.save(update_fields=["answer"])
    if row.author_id != by.pk:
        note("remove", conversation, by, row)
    changed(conversation)


@transaction.atomic
def put_back(post: Post, by: User) -> None:
    """Undo a removal: whoever removed it, and those who moderate."""
    conversation = _locked(post.conversation)
    row: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if row.removed is None or not (row.removed_by_id == by.pk or part_of(by, _home(conversation)).moderates):
        raise CannotPost(_("This post cannot be put back by you."))
    row.removed, row.removed_by, row.why_removed = None, None, ""
    row.save(update_fields=["removed", "removed_by", "why_removed"])
    conversation.save(update_fields=["last_number"])
    if row.author_id != by.pk:
        note("put_back", conversation, by, row)
    changed(conversation)


def _locked(conversation: Conversation) -> Conversation:
    """The conversation's row, locked, so that posts get their numbers one after another."""
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("community")
    row: Conversation = rows.get(pk=conversation.pk)
    return row


def _home(conversation: Conversation) -> CommunityPage:
    if conversation.community is None:
        raise CannotPost(_("The community of this conversation is gone."))
    return conversation.community


def _sent(by: User, key: uuid.UUID) -> Post | None:
    """What was sent with this form already."""
    post: Post | None = Post.objects.filter(author=by, key=key).select_related("conversation").first()
    return post


def _write(conversation: Conversation, text: str, by: User, key: uuid.UUID, answered: Post | None = None) -> Post:
    conversation.last_number += 1
    conversation.last_posted = timezone.now()
    conversation.save(update_fields=["last_number", "last_posted"])
    try:
        with transaction.atomic():
            post: Post = conversation.posts.create(
                number=conversation.last_number,
                author=by,
                text=text,
                html=rich_of(text),
                posted=conversation.last_posted,
                in_answer_to=answered,
                key=key,
            )
    except IntegrityError as error:  # the same form was sent twice at once
        raise CannotPost(_("This was sent already.")) from error
    _follow(conversation, by)
    read_up_to(conversation, by, post.number)
    changed(conversation)
    return post


def _follow(conversation: Conversation, by: User) -> None:
    """Whoever writes follows what comes of it, unless they muted it: they have read it before, and so have a row."""
    mine, _new = Standing.objects.get_or_create(person=by, conversation=conversation, defaults={"level": Level.FOLLOW})
    if mine.level == Level.NORMAL:
        mine.level = Level.FOLLOW
        mine.save(update_fields=["level"])
