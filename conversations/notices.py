"""What is said in conversations, told to those whom it concerns."""

from collections.abc import Collection, Mapping

from django.db.models import BooleanField, Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Membership
from conversations.choices import Kind, Level
from conversations.excerpts import excerpt
from conversations.mentioned_people import meant_by, some_meant_by
from conversations.models import Conversation, Mention, Post, Standing
from conversations.querysets import PostQuerySet
from conversations.unread import is_read_by
from core.audiences import Person
from core.fragments import TOLD_MEMBERS
from core.notices import Happened, Importance, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed, changed_for
from people.models import User

ASKED = "conversations.asked"
BEGUN = "conversations.begun"
ANSWERED = "conversations.answered"
MARKED = "conversations.marked"
CLOSED = "conversations.closed"
EXCERPT = 280  # letters


# -- events ------------------------------------------------------------------------------------------------------------
def tell_begun(conversation: Conversation, by: User) -> None:
    """A question goes to those who look after the community, everything else to its members."""
    kind = ASKED if conversation.kind == Kind.QUESTION else BEGUN
    emit(
        kind,
        conversation,
        actor=by,
        audience=conversation.audience_token,
        data={"community": conversation.community_id},
    )


def tell_answered(post: Post, by: User) -> None:
    emit(ANSWERED, post, actor=by, data={"conversation": post.conversation_id})


def tell_marked(post: Post, by: User) -> None:
    emit(MARKED, post, actor=by, data={"conversation": post.conversation_id})


def tell_closed(conversation: Conversation, by: User) -> None:
    emit(CLOSED, conversation, actor=by, data={"community": conversation.community_id})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_looks_after(event: Happened) -> list[int]:
    stewards = Membership.objects.stewards().filter(community=event.data["community"], person__is_active=True)
    return list(stewards.values_list("person_id", flat=True))


def who_follows_the_post(event: Happened) -> list[int]:
    """Those who follow the conversation, and whoever is answered, unless they muted it, or are named in it."""
    standings = Standing.objects.filter(conversation=event.data["conversation"])
    following = set(standings.filter(level=Level.FOLLOW).values_list("person_id", flat=True))
    muted = set(standings.filter(level=Level.MUTE).values_list("person_id", flat=True))
    answered = Post.objects.filter(pk=event.subject_pk, in_answer_to__isnull=False)
    behind = {pk for row in answered.values_list("in_answer_to__author", "in_answer_to__principal") for pk in row if pk}
    named = Mention.objects.filter(post__pk=event.subject_pk, is_there=True).values_list("key", flat=True)
    return list((following | behind) - muted - meant_by(named).keys())


def who_follows(event: Happened) -> list[int]:
    following = Standing.objects.filter(conversation__pk=event.subject_pk, level=Level.FOLLOW)
    return list(following.values_list("person_id", flat=True))


def whoever_wrote(event: Happened) -> list[int]:
    """And in whose name they did."""
    post = Post.objects.filter(pk=event.subject_pk).first()
    return sorted(post.behind) if post else []


def its_community(event: Happened) -> int | None:
    return event.data.get("community")


def its_conversation(event: Happened) -> str:
    """Posts of one conversation stand together."""
    known = event.data.get("conversation")
    return f"conversations.conversation:{known}" if known else event.subject


# -- what settles it ---------------------------------------------------------------------------------------------------
def number_changed(conversation: Conversation) -> None:
    """What may be told of it is another now: the number beside the faces of those who follow it, wrote in it (or
    for whom somebody did) or are named in it is counted anew. Members of its community see that by its row.
    """
    following = Standing.objects.filter(conversation=conversation, level=Level.FOLLOW).values_list("person")
    posts = Post.objects.filter(conversation=conversation).order_by()
    wrote = [posts.exclude(**{part: None}).values_list(part) for part in ("author", "principal")]
    named = list(Mention.objects.filter(post__conversation=conversation, is_there=True).values_list("key", "person"))
    people = [pk for (pk,) in following.union(*wrote)]
    keys = {key for key, _person in named}
    changed_for([*people, *(pk for _key, pk in named), *some_meant_by(keys)])
    changed(*(f"{key}{TOLD_MEMBERS}" for key in keys if key.startswith("community:")))


# -- what they read ----------------------------------------------------------------------------------------------------
def conversations_told(reader: Person, keys: Collection[str]) -> Mapping[str, Conversation]:
    """Those that the reader may read at this moment, with how far they have read."""
    shown = Conversation.objects.shown_to(reader).filter(pk__in=keys)
    shown = shown.select_related("community", "begun_by", "principal")
    return by_key(shown.annotate(seen=_read_to(reader), is_muted=muted_by(reader, "pk")))


def posts_told(reader: Person, keys: Collection[str]) -> Mapping[str, Post]:
    """Posts that still stand, of conversations that the reader may read."""
    return by_key(posts_for(reader, keys))


def posts_for(reader: Person, keys: Collection[str]) -> PostQuerySet:
    """The same as a query, with whether the reader has seen them."""
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("conversation"))  # asked of these, and not of all
    posts: PostQuerySet = Post.objects.shown().filter(Exists(shown), pk__in=keys)
    is_read = Case(When(is_read_by(reader), then=Value(True)), default=Value(False), output_field=BooleanField())
    posts = posts.select_related("author", "principal", "conversation").annotate(is_read=is_read)
    return posts.annotate(is_muted=muted_by(reader, "conversation"))


def muted_by(reader: Person, conversation: str) -> Exists:
    """Whether the reader muted it; ``conversation`` leads there. They may have done so after they were told."""
    return Exists(Standing.objects.filter(person=reader.pk, conversation=OuterRef(conversation), level=Level.MUTE))


def _read_to(reader: Person) -> Coalesce:
    mine = Standing.objects.filter(person=reader.pk, conversation=OuterRef("pk")).values("read_to")[:1]
    return Coalesce(Subquery(mine), 0)


def asked(conversation: Conversation, event: Happened, reader: Person) -> NoticeWords | None:
    """Nothing once it was answered or closed, or for whoever asked."""
    if conversation.closed or conversation.answer_id or conversation.is_of(reader):
        return None
    if conversation.community_id != event.data.get("community"):  # it was moved
        return None
    return _about(conversation, _("A question: %(title)s"), _("Somebody asks your community something"))


def begun(conversation: Conversation, event: Happened, reader: Person) -> NoticeWords | None:
    """Nothing for whoever has read it, or in whose name it stands."""
    is_known = getattr(conversation, "seen", 0) or conversation.is_of(reader)
    if is_known or conversation.community_id != event.data.get("community"):
        return None
    said = {
        Kind.ANNOUNCEMENT: _("Announced: %(title)s"),
        Kind.IDEA: _("An idea: %(title)s"),
        Kind.CONSULTATION: _("Your view is asked for: %(title)s"),
    }
    words = said.get(Kind(conversation.kind), _("A new discussion: %(title)s"))
    return _about(conversation, words, _("Something new in a community of yours"))


def answered(post: Post, _event: Happened, _reader: Person) -> NoticeWords | None:
    if getattr(post, "is_muted", False):
        return None
    return of_post(post, _("%(who)s answered in “%(title)s”"), _("An answer in a conversation that you follow"))


def of_post(post: Post, words: str, subject: str, **more: str) -> NoticeWords | None:
    """What is told of a post until it is read. ``words`` name ``who`` wrote it and the ``title``."""
    if getattr(post, "is_read", False):
        return None
    conversation = post.conversation
    return NoticeWords(
        words % {"who": post.by_line or _("Somebody"), "title": conversation.title, **more},
        conversation.url_of(post.number),
        text=_excerpt(post),
        action=_("Read it, and answer"),
        about=conversation.title,
        subject=subject,
    )


def marked(post: Post, _event: Happened, reader: Person) -> NoticeWords | None:
    conversation = post.conversation
    if conversation.answer_id != post.pk:
        return None
    words = _("What you wrote was marked as the answer to “%(title)s”")
    url = conversation.url_of(post.number)
    return NoticeWords(words % {"title": conversation.title}, url, about=conversation.title)


def closed(conversation: Conversation, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not conversation.closed or getattr(conversation, "is_muted", False):
        return None
    words = _("“%(title)s” was closed") % {"title": conversation.title}
    return NoticeWords(words, conversation.url, text=conversation.closing_word, about=conversation.title)


def _about(conversation: Conversation, words: str, subject: str) -> NoticeWords:
    community = conversation.community.title if conversation.community else ""
    title = words % {"title": conversation.title}
    return NoticeWords(title, conversation.url, action=_("Read it, and answer"), about=community, subject=subject)


def _excerpt(post: Post) -> str:
    return excerpt(post.html, EXCERPT)


KINDS = (
    NoticeKind(
        ASKED,
        gettext_lazy("Somebody asks a community that you look after"),
        words=asked,
        subjects=conversations_told,
        recipients=who_looks_after,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("Somebody answers in a conversation that you follow"),
        words=answered,
        subjects=posts_told,
        recipients=who_follows_the_post,
        matter=its_conversation,
    ),
    NoticeKind(
        MARKED,
        gettext_lazy("What you wrote is marked as the answer"),
        words=marked,
        subjects=posts_told,
        recipients=whoever_wrote,
        matter=its_conversation,
        importance=Importance.WANTED,
    ),
    NoticeKind(
        CLOSED,
        gettext_lazy("A conversation that you follow is closed"),
        words=closed,
        subjects=conversations_told,
        recipients=who_follows,
        importance=Importance.WANTED,
    ),
    NoticeKind(
        BEGUN,
        gettext_lazy("A community of yours begins to talk about something"),
        words=begun,
        subjects=conversations_told,
        community=its_community,
        importance=Importance.MATTERS,
    ),
)
