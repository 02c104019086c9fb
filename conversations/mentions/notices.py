"""A post names somebody: told to them once, and no more once the name is taken out, the post is gone, or they may not
read it.
"""

from collections.abc import Collection, Mapping

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _, gettext_lazy

from conversations import notices
from conversations.choices import Level
from conversations.models import Mention, Post, Standing
from core.audiences import Person
from core.notices import Happened, Importance, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User

MENTIONED = "conversations.mentioned"
COMMUNITY_MENTIONED = "conversations.community_mentioned"
_YES_OR_NO = BooleanField()


# -- events ------------------------------------------------------------------------------------------------------------
def tell_people(post: Post, by: User, told: Mapping[int, str]) -> None:
    """``told`` says by which key each person is named."""
    if told:
        data = {"conversation": post.conversation_id, "told": {str(pk): key for pk, key in told.items()}}
        emit(MENTIONED, post, actor=by, data=data)


def tell_community(post: Post, by: User, community: int) -> None:
    """One row for all of its members."""
    emit(COMMUNITY_MENTIONED, post, actor=by, data={"conversation": post.conversation_id, "community": community})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def whom_it_names(event: Happened) -> list[int]:
    """A name reaches whoever muted the conversation, a role does not."""
    told: Mapping[str, str] = event.data["told"]
    by_role = [int(pk) for pk, key in told.items() if not key.startswith("person:")]
    muted = Standing.objects.filter(conversation=event.data["conversation"], person__in=by_role, level=Level.MUTE)
    silent = set(muted.values_list("person_id", flat=True))
    return [int(pk) for pk in told if int(pk) not in silent]


# -- what they read ----------------------------------------------------------------------------------------------------
def posts_told(reader: Person, keys: Collection[str]) -> Mapping[str, Post]:
    """Posts that the reader may read, with what they name now, and whether the reader would hear of them unnamed."""
    there = Prefetch("mentions", Mention.objects.filter(is_there=True))
    mine = Standing.objects.filter(person=reader.pk, conversation=OuterRef("conversation"), level=Level.FOLLOW)
    answered = Q(in_answer_to__author=reader.pk) | Q(in_answer_to__principal=reader.pk)
    posts = notices.posts_for(reader, keys).annotate(concerns=ExpressionWrapper(Exists(mine) | answered, _YES_OR_NO))
    return by_key(posts.prefetch_related(there))


def mentioned(post: Post, event: Happened, reader: Person) -> NoticeWords | None:
    """Whoever is named no more is told of the post as others are: it was told to them as this alone."""
    key = event.data["told"].get(str(reader.pk))
    mention = next((one for one in post.mentions.all() if one.key == key), None)
    if mention is None:
        return notices.answered(post, event, reader) if getattr(post, "concerns", False) else None
    subject = _("Somebody names you in a conversation")
    if mention.key.startswith("role:"):
        return notices.of_post(post, _("%(who)s names the %(role)s in “%(title)s”"), subject, role=mention.name)
    return notices.of_post(post, _("%(who)s names you in “%(title)s”"), subject)


def community_mentioned(post: Post, event: Happened, reader: Person) -> NoticeWords | None:
    key = f"community:{event.data['community']}"
    mention = next((one for one in post.mentions.all() if one.key == key), None)
    if mention is None or getattr(post, "is_muted", False) or post.is_of(reader):
        return None
    subject = _("Somebody names a community of yours in a conversation")
    return notices.of_post(post, _("%(who)s names a community of yours in “%(title)s”"), subject)


KINDS = (
    NoticeKind(
        MENTIONED,
        gettext_lazy("Somebody names you in a conversation"),
        words=mentioned,
        subjects=posts_told,
        recipients=whom_it_names,
        matter=notices.its_conversation,
    ),
    NoticeKind(
        COMMUNITY_MENTIONED,
        gettext_lazy("Somebody names a community of yours in a conversation"),
        words=community_mentioned,
        subjects=posts_told,
        community=notices.its_community,
        matter=notices.its_conversation,
        importance=Importance.MATTERS,
    ),
)
