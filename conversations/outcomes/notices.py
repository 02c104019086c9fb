"""Who hears what came of an idea, and who is reminded that an outcome is owed."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import Capability
from communities.rights import memberships_with
from conversations.choices import IdeaStage, Level
from conversations.models import Conversation, Post, Reaction, Standing, Step, Vote
from conversations.notices import conversations_told, its_conversation, muted_by
from core.audiences import Person
from core.markup import shortened
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User

STAGE = "conversations.stage"
OWED = "conversations.outcome_owed"
WITH_SPONSOR = 3
EXCERPT = 280  # letters


# -- events ------------------------------------------------------------------------------------------------------------
def tell_stage(step: Step, by: User) -> None:
    emit(STAGE, step, actor=by, data={"conversation": step.conversation_id})


def tell_owed(conversation: Conversation, reminder: int) -> None:
    emit(OWED, conversation, data={"community": conversation.community_id, "reminder": reminder})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_took_part(event: Happened) -> list[int]:
    """Whoever wrote, said a word for a post, voted openly or follows it, without those who muted it. Of a secret vote
    nothing is asked here: a notice would tell that somebody voted.
    """
    key = event.data["conversation"]
    standings = Standing.objects.filter(conversation=key)
    part = {
        *Post.objects.shown().filter(conversation=key).values_list("author_id", flat=True),
        *Post.objects.shown().filter(conversation=key).values_list("principal_id", flat=True),
        *Reaction.objects.filter(post__conversation=key).values_list("person_id", flat=True),
        *Vote.objects.filter(poll__conversation=key).values_list("person_id", flat=True),
        *standings.filter(level=Level.FOLLOW).values_list("person_id", flat=True),
    }
    muted = set(standings.filter(level=Level.MUTE).values_list("person_id", flat=True))
    return [person for person in part - muted if person]


def who_owes(event: Happened) -> list[int]:
    """Those who moderate or speak for the community; with the last reminder, its sponsor."""
    key = event.data["community"]
    people: set[int] = set()
    for capability in (Capability.MODERATE, Capability.SPEAK):
        having = memberships_with(capability).filter(community=key, person__is_active=True)
        people.update(having.values_list("person_id", flat=True))
    if event.data["reminder"] >= WITH_SPONSOR:
        conversation = Conversation.objects.filter(pk=event.subject_pk).select_related("community__sponsor").first()
        community = conversation.community if conversation else None
        if community and community.present_sponsor:
            people.add(community.present_sponsor.pk)
    return list(people)


# -- what they read ----------------------------------------------------------------------------------------------------
def steps_told(reader: Person, keys: Collection[str]) -> Mapping[str, Step]:
    """Those of conversations that the reader may read, each with the key of the newest one there."""
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("conversation"))
    newest = Step.objects.filter(conversation=OuterRef("conversation")).order_by("-at", "-pk").values("pk")[:1]
    steps = Step.objects.filter(Exists(shown), pk__in=keys).select_related("conversation__community", "by")
    return by_key(steps.annotate(newest=Subquery(newest), is_muted=muted_by(reader, "conversation")))


SAID = {
    IdeaStage.OPEN: gettext_lazy("“%(title)s” is open again"),
    IdeaStage.CONSIDERING: gettext_lazy("“%(title)s” is being considered"),
    IdeaStage.WILL_DO: gettext_lazy("“%(title)s” will be done"),
    IdeaStage.WILL_NOT: gettext_lazy("“%(title)s” will not be done"),
    IdeaStage.DONE: gettext_lazy("“%(title)s” is done"),
}


def stage(step: Step, _event: Happened, _reader: Person) -> NoticeWords | None:
    """Nothing of a stage that another one has followed, or of what the reader has muted since."""
    if getattr(step, "newest", step.pk) != step.pk or getattr(step, "is_muted", False):
        return None
    conversation = step.conversation
    return NoticeWords(
        SAID[IdeaStage(step.stage)] % {"title": conversation.title},
        conversation.url,
        text=shortened(" ".join(step.word.split()), EXCERPT),
        action=_("Read it"),
        about=conversation.title,
        subject=_("What came of something that you took part in"),
    )


def owed(conversation: Conversation, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not conversation.owes_outcome:
        return None
    words = _("“%(title)s” is over. Say what comes of it")
    if conversation.last_number > 1:
        words = _("People have answered “%(title)s”. Say what comes of it")
    return NoticeWords(
        words % {"title": conversation.title},
        reverse("conversations:stage", args=[conversation.pk]),
        action=_("Say what comes of it"),
        about=conversation.community.title if conversation.community else "",
        subject=_("A consultation of your community is over"),
    )


KINDS = (
    NoticeKind(
        STAGE,
        gettext_lazy("Somebody says what comes of an idea or a consultation that you took part in"),
        words=stage,
        subjects=steps_told,
        recipients=who_took_part,
        matter=its_conversation,
    ),
    NoticeKind(
        OWED,
        gettext_lazy("A consultation is over, and you say what comes of it"),
        words=owed,
        subjects=conversations_told,
        recipients=who_owes,
    ),
)
