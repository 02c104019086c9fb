"""What the promise tells people: a question that is theirs by now, who looks into theirs, and who keeps the promise."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import CommunityPage
from conversations.choices import Clock, Reached
from conversations.models import CommunityPromise, Conversation, Promise
from conversations.promise.keepers import concerned, stewards_of
from conversations.promise.wording import by_when
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed_for
from people.models import User

REACHED, SEEN = "conversations.promise_reached", "conversations.promise_seen"
NAMED, UNKEPT = "conversations.promise_named", "conversations.promise_unkept"


# -- events ------------------------------------------------------------------------------------------------------------
def tell_reached(promise: Promise, clock: Clock, reached: Reached, *, is_new: bool) -> None:
    """So far the time has gone. The stewards heard of a new question a moment ago."""
    data = {"conversation": promise.conversation_id, "clock": clock, "reached": int(reached), "is_new": is_new}
    emit(REACHED, promise, data=data)


def tell_seen(conversation: Conversation, by: User) -> None:
    emit(SEEN, conversation, actor=by)


def tell_rules(community: CommunityPage, before: CommunityPromise, after: CommunityPromise, by: User) -> None:
    """Whoever is new as keeper or backup. What others were told of it is settled, and their numbers follow."""
    changed_for([before.keeper_id, before.backup_id, *stewards_of(community.pk)])
    new = {after.keeper_id, after.backup_id} - {before.keeper_id, before.backup_id, None, by.pk}
    if new:
        emit(NAMED, community, actor=by, data={"people": sorted(pk for pk in new if pk)})


def tell_unkept(community: CommunityPage) -> None:
    emit(UNKEPT, community, data={"community": community.pk})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def whose_it_is(event: Happened) -> list[int]:
    found = Promise.objects.filter(pk=event.subject_pk).select_related("conversation").first()
    if found is None or found.conversation.community_id is None:
        return []
    community = found.conversation.community_id
    people = concerned(community, Reached(event.data["reached"]), found.conversation.behind)
    knew = set(stewards_of(community)) if event.data.get("is_new") else set()
    return [person for person in people if person not in knew]


def whoever_asked(event: Happened) -> list[int]:
    """And in whose name they did."""
    asked = Conversation.objects.filter(pk=event.subject_pk).first()
    return sorted(asked.behind) if asked else []


def named(event: Happened) -> list[int]:
    return list(event.data["people"])


def its_stewards(event: Happened) -> list[int]:
    return stewards_of(event.data["community"])


# -- what they read ----------------------------------------------------------------------------------------------------
def promises_told(reader: Person, keys: Collection[str]) -> Mapping[str, Promise]:
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("conversation"))
    rows = Promise.objects.open().filter(Exists(shown), pk__in=keys)
    return by_key(rows.select_related("conversation__community"))


def questions_told(reader: Person, keys: Collection[str]) -> Mapping[str, Conversation]:
    rows = Conversation.objects.shown_to(reader).filter(pk__in=keys, promise__ended=None)
    return by_key(rows.select_related("community", "promise__acknowledged_by"))


def communities_told(reader: Person, keys: Collection[str]) -> Mapping[str, CommunityPage]:
    return by_key(CommunityPage.objects.shown_to(reader).filter(pk__in=keys).select_related("promise"))


def reached(promise: Promise, event: Happened, reader: Person) -> NoticeWords | None:
    """Nothing once it was done, or while it waits for whoever asked."""
    clock = Clock(event.data["clock"])
    if not promise.is_running(clock) or promise.conversation.is_of(reader):
        return None
    by = promise.acknowledge_by if clock == Clock.ACKNOWLEDGE else promise.answer_by
    conversation = promise.conversation
    late = event.data["reached"] == Reached.LATE
    said = {
        (Clock.ACKNOWLEDGE, False): _("A question waits for a first word: %(title)s"),
        (Clock.ACKNOWLEDGE, True): _("Nobody has seen to a question: %(title)s"),
        (Clock.ANSWER, False): _("A question waits for an answer: %(title)s"),
        (Clock.ANSWER, True): _("A question is late: %(title)s"),
    }
    return NoticeWords(
        said[clock, late] % {"title": conversation.title},
        conversation.url,
        text=_("It was promised %(by)s.") % {"by": by_when(by)} if by else "",
        action=_("Read it, and answer"),
        about=conversation.community.title if conversation.community else "",
        subject=_("A question waits for you"),
    )


def seen(conversation: Conversation, event: Happened, _reader: Person) -> NoticeWords | None:
    promise = Promise.objects.get(conversation=conversation)
    if promise.acknowledged_by is None:
        return None
    said = {"who": promise.acknowledged_by, "title": conversation.title}
    words = _("An answer is promised %(by)s.") % {"by": by_when(promise.answer_by)} if promise.answer_by else ""
    return NoticeWords(
        _("%(who)s looks into “%(title)s”") % said,
        conversation.url,
        text=words,
        about=conversation.title,
        subject=_("Somebody looks into your question"),
    )


def you_keep_it(community: CommunityPage, _event: Happened, reader: Person) -> NoticeWords | None:
    rules = getattr(community, "promise", None)
    if rules is None or reader.pk not in {rules.keeper_id, rules.backup_id}:
        return None
    words = (
        _("You see to it that questions to %(community)s are answered in time")
        if rules.keeper_id == reader.pk
        else _("You stand in for whoever sees to questions to %(community)s")
    )
    url = reverse("conversations:of_community", args=[community.slug])
    return NoticeWords(words % {"community": community.title}, url, about=community.title)


def unkept(community: CommunityPage, _event: Happened, _reader: Person) -> NoticeWords | None:
    rules = getattr(community, "promise", None)
    if rules is None or (rules.keeper_id and rules.backup_id):
        return None
    return NoticeWords(
        _("Whoever saw to questions to %(community)s has left") % {"community": community.title},
        reverse("conversations:promise_of", args=[community.slug]),
        text=_("Name somebody else. Until then questions are the stewards’."),
        action=_("Name somebody"),
        about=community.title,
    )


KINDS = (
    NoticeKind(
        REACHED,
        gettext_lazy("A question waits for an answer of yours"),
        words=reached,
        subjects=promises_told,
        recipients=whose_it_is,
        matter=lambda event: f"conversations.conversation:{event.data.get('conversation')}",
    ),
    NoticeKind(
        SEEN,
        gettext_lazy("Somebody looks into a question of yours"),
        words=seen,
        subjects=questions_told,
        recipients=whoever_asked,
    ),
    NoticeKind(
        NAMED,
        gettext_lazy("You are named to see to a community’s questions"),
        words=you_keep_it,
        subjects=communities_told,
        recipients=named,
    ),
    NoticeKind(
        UNKEPT,
        gettext_lazy("Nobody is named any more who sees to a community’s questions"),
        words=unkept,
        subjects=communities_told,
        recipients=its_stewards,
    ),
)
