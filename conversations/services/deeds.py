"""What is done with a conversation beside writing in it."""

from django.db import transaction
from django.utils import timezone

from conversations.choices import Feeling, Level
from conversations.models import Conversation, Post, Reaction, Standing
from conversations.notices import tell_closed, tell_marked
from conversations.services.log import note
from core.versions import changed_for
from people.models import User
from search.services import changed


def _save(conversation: Conversation, by: User, action: str, *fields: str) -> None:
    conversation.save(update_fields=fields)
    note(action, conversation, by)
    changed(conversation)


@transaction.atomic
def close(conversation: Conversation, by: User, word: str) -> None:
    """End it with a word that everybody reads. Closed once, it stays as it was closed."""
    row: Conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if row.closed:
        return
    row.closed, row.closed_by, row.closing_word = timezone.now(), by, word
    _save(row, by, "close", "closed", "closed_by", "closing_word")
    tell_closed(row, by)


@transaction.atomic
def reopen(conversation: Conversation, by: User) -> None:
    conversation.closed, conversation.closed_by, conversation.closing_word = None, None, ""
    _save(conversation, by, "reopen", "closed", "closed_by", "closing_word")


@transaction.atomic
def pin(conversation: Conversation, by: User) -> None:
    """It stands first in its community's list."""
    conversation.pinned = timezone.now()
    _save(conversation, by, "pin", "pinned")


@transaction.atomic
def unpin(conversation: Conversation, by: User) -> None:
    conversation.pinned = None
    _save(conversation, by, "unpin", "pinned")


@transaction.atomic
def mark_answer(post: Post, by: User) -> None:
    """Say that a post is the answer. Whoever wrote it hears so."""
    conversation = post.conversation
    conversation.answer = post
    _save(conversation, by, "mark_answer", "answer")
    tell_marked(post, by)


@transaction.atomic
def unmark_answer(conversation: Conversation, by: User) -> None:
    conversation.answer = None
    _save(conversation, by, "unmark_answer", "answer")


@transaction.atomic
def react(post: Post, by: User, feeling: Feeling) -> bool:
    """Say it, or take it back where it was said. Returns whether it stands there now."""
    taken_back, _rows = Reaction.objects.filter(post=post, person=by, feeling=feeling).delete()
    if taken_back:
        return False
    Reaction.objects.get_or_create(post=post, person=by, feeling=feeling)
    return True


@transaction.atomic
def set_level(conversation: Conversation, person: User, level: Level) -> None:
    """How much of it reaches them."""
    Standing.objects.update_or_create(person=person, conversation=conversation, defaults={"level": level})
    changed_for([person.pk])
