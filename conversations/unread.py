"""What somebody has not read yet: posts of others after the place up to which they have read.

It is asked of the posts as they are, and kept nowhere: what is removed, and what one may not see, is never counted.
"""

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from conversations.choices import Level
from conversations.models import Post, Standing
from conversations.querysets import ConversationQuerySet
from core.audiences import Viewer


def with_unread(conversations: ConversationQuerySet, viewer: Viewer) -> ConversationQuerySet:
    """The same, with ``is_unread`` for each."""
    if not viewer.is_authenticated:
        return conversations.annotate(is_unread=Value(value=False, output_field=BooleanField()))
    return conversations.annotate(is_unread=Exists(_unseen(viewer)))


def only_unread(conversations: ConversationQuerySet, viewer: Viewer) -> ConversationQuerySet:
    """Those of ``conversations`` in which there is something new for ``viewer``; nothing of what they muted."""
    return conversations.filter(Exists(_unseen(viewer)))


def _unseen(viewer: Viewer) -> QuerySet[Post]:
    mine = Standing.objects.filter(person=viewer.pk, conversation=OuterRef("conversation"))
    seen = mine.filter(read_to__gte=OuterRef("number")) | mine.filter(level=Level.MUTE)
    posts: QuerySet[Post] = Post.objects.shown().filter(conversation=OuterRef("pk")).exclude(author=viewer.pk)
    return posts.filter(~Exists(seen))
