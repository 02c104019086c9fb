"""What somebody has not read yet: posts of others after the place up to which they have read, but for those that they
have read ahead (``conversations.models.ReadAhead``).

It is asked of the posts as they are, and kept nowhere: what is removed, and what one may not see, is never counted.
"""

from django.db.models import BooleanField, Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from conversations.choices import Level
from conversations.models import Conversation, Post, ReadAhead, Standing
from conversations.querysets import ConversationQuerySet, PostQuerySet
from core.audiences import Viewer

ALL = 2**31 - 1  # as if all was read: of what somebody muted nothing is new


def with_unread(conversations: ConversationQuerySet, viewer: Viewer) -> ConversationQuerySet:
    """The same, with ``is_unread`` for each."""
    if not viewer.is_authenticated:
        return conversations.annotate(is_unread=Value(value=False, output_field=BooleanField()))
    return conversations.annotate(is_unread=Exists(_unseen(viewer)))


def only_unread(conversations: ConversationQuerySet, viewer: Viewer) -> ConversationQuerySet:
    """Those of ``conversations`` in which there is something new for ``viewer``; nothing of what they muted."""
    return conversations.filter(Exists(_unseen(viewer)))


def _unseen(viewer: Viewer) -> QuerySet[Post]:
    """Posts after the place in each conversation, found by their numbers: one that is read to its end costs nothing,
    however long it is.
    """
    mine = Standing.objects.filter(person=viewer.pk, conversation=OuterRef(OuterRef("pk")))
    reached = Case(When(level=Level.MUTE, then=Value(ALL)), default=F("read_to"), output_field=IntegerField())
    seen = Coalesce(Subquery(mine.values(reached=reached)[:1]), 0)
    posts: QuerySet[Post] = Post.objects.shown().filter(conversation=OuterRef("pk"), number__gt=seen)
    return posts.exclude(author=viewer.pk).exclude(Exists(_ahead(viewer)))


def _ahead(viewer: Viewer) -> QuerySet[ReadAhead]:
    """What the reader has seen of posts after an unread one, as a query about one post."""
    mine = ReadAhead.objects.filter(standing__person=viewer.pk, standing__conversation=OuterRef("conversation"))
    return mine.filter(first__lte=OuterRef("number"), last__gte=OuterRef("number"))


def unread_in(conversation: Conversation, viewer: Viewer) -> PostQuerySet:
    """The posts of one conversation that are new for ``viewer``, whether they muted it or not."""
    mine = Standing.objects.filter(person=viewer.pk, conversation=conversation).values("read_to")[:1]
    posts: PostQuerySet = conversation.posts.shown().filter(number__gt=Coalesce(Subquery(mine), 0))
    return posts.exclude(author=viewer.pk).exclude(Exists(_ahead(viewer)))


def is_read_by(viewer: Viewer) -> Q:
    """Which posts the reader has seen, as a filter to be combined with others."""
    mine = Standing.objects.filter(person=viewer.pk, conversation=OuterRef("conversation"))
    return Q(Exists(mine.filter(read_to__gte=OuterRef("number")))) | Q(Exists(_ahead(viewer)))
