"""Whoever began or wrote what was moved hears so, and why, even where they may not read it any more."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from conversations.models import Conversation, Entry, Post
from core.audiences import Person, may_see
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User

MOVED = "conversations.moved"
SPLIT = "conversations.split"
MERGED = "conversations.merged"


def tell_moved(conversation: Conversation, by: User) -> None:
    emit(MOVED, conversation, actor=by, data={"community": conversation.community_id})


def tell_split(conversation: Conversation, by: User) -> None:
    emit(SPLIT, conversation, actor=by)


def tell_merged(conversation: Conversation, by: User) -> None:
    emit(MERGED, conversation, actor=by)


def whoever_began(event: Happened) -> list[int]:
    began = Conversation.objects.filter(pk=event.subject_pk).first()
    return sorted(began.behind) if began else []


def whoever_wrote(event: Happened) -> list[int]:
    wrote = Post.objects.filter(conversation__pk=event.subject_pk, author__isnull=False)
    pairs = wrote.order_by().values_list("author_id", "principal_id").distinct()
    return sorted({pk for pair in pairs for pk in pair if pk})


def conversations_moved(reader: Person, keys: Collection[str]) -> Mapping[str, Conversation]:
    """Those that the reader may read, or began, with the word why."""
    why = Entry.objects.filter(conversation=OuterRef("pk"), action="move", undone=None).order_by("-at").values("word")
    reach = Conversation.objects.within_reach_of(reader).order_by().values("pk")
    began = Q(begun_by=reader.pk) | Q(principal=reader.pk)
    rows = Conversation.objects.filter(Q(pk__in=reach) | began, pk__in=keys, withheld=None)
    return by_key(rows.select_related("community").annotate(why=Subquery(why[:1])))


def conversations_merged(reader: Person, keys: Collection[str]) -> Mapping[str, Conversation]:
    """Those that stand in another one which the reader may read, with the word why."""
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("merged_into"))
    found = Conversation.objects.filter(Exists(shown), pk__in=keys).select_related("merged_into")
    lines = Entry.objects.filter(conversation__in=found.values("merged_into"), action="merge", undone=None)
    words = {data.get("source"): word for data, word in lines.order_by("at").values_list("data", "word")}
    for row in found:
        row.why = words.get(row.pk, "")
    return by_key(found)


def moved(conversation: Conversation, event: Happened, reader: Person) -> NoticeWords | None:
    why = getattr(conversation, "why", None)
    if why is None or conversation.community_id != event.data.get("community"):
        return None
    if not may_see(reader, conversation):
        title = _("What you began was moved to a community that you are not in")
        return NoticeWords(title, reverse("conversations:everywhere"), text=why)
    said = {"title": conversation.title, "community": conversation.community}
    return NoticeWords(_("“%(title)s” stands in %(community)s now") % said, conversation.url, text=why)


def merged(conversation: Conversation, _event: Happened, _reader: Person) -> NoticeWords | None:
    into = conversation.merged_into
    if into is None:
        return None
    said = {"title": conversation.title, "other": into.title}
    words = _("“%(title)s” stands in “%(other)s” now") % said
    return NoticeWords(words, conversation.url, text=getattr(conversation, "why", ""), about=into.title)


def split(conversation: Conversation, _event: Happened, reader: Person) -> NoticeWords | None:
    if not may_see(reader, conversation):
        return None
    title = _("What you wrote stands in a conversation of its own: %(title)s") % {"title": conversation.title}
    return NoticeWords(title, conversation.url, about=conversation.title)


KINDS = (
    NoticeKind(
        MOVED,
        gettext_lazy("A conversation that you began is moved"),
        words=moved,
        subjects=conversations_moved,
        recipients=whoever_began,
    ),
    NoticeKind(
        SPLIT,
        gettext_lazy("What you wrote is moved into a conversation of its own"),
        words=split,
        subjects=conversations_moved,
        recipients=whoever_wrote,
    ),
    NoticeKind(
        MERGED,
        gettext_lazy("A conversation that you began is put into another one"),
        words=merged,
        subjects=conversations_merged,
        recipients=whoever_began,
    ),
)
