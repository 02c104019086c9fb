"""What is done with a conversation beside writing in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.choices import Feeling, Level
from conversations.models import Conversation, Post, Reaction, Standing
from conversations.notices import number_changed, tell_closed, tell_marked
from conversations.services.changing import change
from conversations.services.locking import CannotPost, locked_post, locked_to_moderate, locked_with_rights
from conversations.services.posting import why_not
from conversations.side_effects import follow_up
from core.versions import changed_for
from people.models import User
from search.services import changed


def _change(row: Conversation, by: User, action: str, *, word: str = "", **fields: object) -> None:
    change(row, by, action, word=word, **fields)
    changed(row)
    number_changed(row)
    follow_up(row)


@transaction.atomic
def close(conversation: Conversation, by: User, word: str) -> None:
    """End it with a word that everybody reads. Closed once, it stays as it was closed: another word is refused."""
    row = locked_to_moderate(conversation, by)
    if row.closed and row.closed_by_id == by.pk and row.closing_word == word:
        return  # sent twice
    if row.closed:
        raise CannotPost(_("It is closed already. Open it again first to close it with another word."))
    _change(row, by, "close", word=word, closed=timezone.now(), closed_by_id=by.pk, closing_word=word)
    tell_closed(row, by)


@transaction.atomic
def reopen(conversation: Conversation, by: User) -> None:
    row = locked_to_moderate(conversation, by)
    if row.closed:
        _change(row, by, "reopen", closed=None, closed_by_id=None, closing_word="")


@transaction.atomic
def pin(conversation: Conversation, by: User) -> None:
    """It stands first in its community's list."""
    row = locked_to_moderate(conversation, by)
    if not row.pinned:
        _change(row, by, "pin", pinned=timezone.now())


@transaction.atomic
def unpin(conversation: Conversation, by: User) -> None:
    row = locked_to_moderate(conversation, by)
    if row.pinned:
        _change(row, by, "unpin", pinned=None)


@transaction.atomic
def mark_answer(post: Post, by: User) -> None:
    """Say that a post is the answer. Whoever wrote it hears so."""
    conversation = _locked_to_mark(post.conversation, by)
    row = locked_post(post)
    if not row.is_shown or row.is_first or row.conversation_id != conversation.pk:
        raise CannotPost(_("This post is not there any more."))
    if conversation.answer_id == row.pk:
        return
    _change(conversation, by, "mark_answer", answer_id=row.pk)
    tell_marked(row, by)


@transaction.atomic
def unmark_answer(post: Post, by: User) -> None:
    """Take the mark off this post. Where another one bears it by now, that one keeps it."""
    row = _locked_to_mark(post.conversation, by)
    if row.answer_id == post.pk:
        _change(row, by, "unmark_answer", answer_id=None)


def _locked_to_mark(conversation: Conversation, by: User) -> Conversation:
    row, part = locked_with_rights(conversation, by)
    if not part.marks_answer(row):
        raise CannotPost(_("You cannot mark the answer here any more."))
    return row


@transaction.atomic
def react(post: Post, by: User, feeling: Feeling) -> None:
    """Say it. Said twice, it is said once. A closed conversation takes such words, too: it is read on. A locked one
    takes nothing for a while.
    """
    if post.conversation.is_locked:
        raise CannotPost(why_not(post.conversation))
    Reaction.objects.get_or_create(post=post, person=by, feeling=feeling)


@transaction.atomic
def take_word_back(post: Post, by: User, feeling: Feeling) -> None:
    Reaction.objects.filter(post=post, person=by, feeling=feeling).delete()


@transaction.atomic
def set_level(conversation: Conversation, person: User, level: Level) -> None:
    """How much of it reaches them."""
    Standing.objects.update_or_create(person=person, conversation=conversation, defaults={"level": level})
    changed_for([person.pk])
