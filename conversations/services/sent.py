"""Forms that were sent before: a browser brings them back, with their words and sometimes with their key."""

import uuid
from collections.abc import Iterable

from django.utils import timezone

from conversations.models import Conversation, Post
from conversations.posting_rate import JUST_NOW, Lately
from people.models import User


def said_just_now(
    conversation: Conversation,
    text: str,
    by: User,
    lately: Iterable[Lately],
    behalf: int | None = None,
    to: int | None = None,
) -> Post | None:
    """The last post there, where it is theirs, says just this in the same name in answer to the same, and is a few
    minutes old: they came back to the form with the browser's button, which keeps the words and not the key, and sent
    it once more. After somebody else has written, the same words say something new.
    ``lately`` is what they wrote a short time ago, wherever it was.
    """
    if not any(one.conversation == conversation.pk for one in lately):
        return None
    last: Post | None = conversation.posts.shown().select_related("in_answer_to").order_by("-number").first()
    if last is None or last.author_id != by.pk or last.posted <= timezone.now() - JUST_NOW:
        return None
    answered = last.in_answer_to.number if last.in_answer_to else None
    return last if (last.text, last.principal_id, answered) == (text, behalf, to) else None


def key_for(by: User, key: uuid.UUID, text: str) -> uuid.UUID:
    """The key to send ``text`` with: that of its form, unless other words were sent with it before. Those stand there,
    and these are another post.
    """
    said = _said_with(by, key)
    return key if not said or text in said else uuid.uuid5(key, text)


def was_sent(by: User, key: str, text: str) -> bool:
    """Whether ``text`` was sent with its form by now, or more than it: it is no draft any more, however late somebody's
    browser keeps it.
    """
    try:
        said = _said_with(by, uuid.UUID(key))
    except ValueError:
        return False
    return any(each.startswith(text.strip()) for each in said)


def _said_with(by: User, key: uuid.UUID) -> list[str]:
    """What was sent with this key: as it is, and as it was before it was edited."""
    post = Post.objects.filter(author=by.pk, key=key).only("text").first()
    return [post.text, *post.versions.values_list("text", flat=True)] if post else []
