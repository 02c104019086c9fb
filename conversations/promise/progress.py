"""Where a question stands, read off its conversation after whatever was done there, in the same transaction.

Who spoke first, whether whoever asked has spoken again, whether there is an answer: nothing else decides it. So nothing
that is done twice, undone or done by somebody else leaves it wrong.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from conversations.choices import Ended, Kind, Reached
from conversations.models import CommunityPromise, Conversation, Post, Promise, Reminded, Wait
from conversations.promise.calendars import promised_by, region_called, rules_of
from conversations.promise.counting import count, forget_reminders, waits_of
from conversations.promise.keepers import concerned
from core.versions import changed_for


def begin(conversation: Conversation, asked: datetime | None = None) -> Promise | None:
    """A question was asked: the promise is given, with the days of this moment. Nothing else is promised anything.
    ``asked`` says since when it is a question, where that is not since it was begun.
    """
    if conversation.kind != Kind.QUESTION or conversation.community is None:
        return None
    rules = rules_of(conversation.community)
    days = promised_by(rules)
    promise = Promise(
        conversation=conversation,
        asked=asked or conversation.begun,
        acknowledge_within=days.acknowledge,
        answer_within=days.answer,
    )
    count(promise, region_called(rules.region))
    promise.save()
    return promise


@transaction.atomic
def follow(conversation: Conversation, now: datetime | None = None, asked: datetime | None = None) -> Promise | None:
    """See where the question stands after something was done in it. ``conversation`` is as it was just saved; ``asked``
    is for one that may be a question only now, with posts of others that are older.
    """
    if conversation.kind != Kind.QUESTION:
        if getattr(conversation, "has_promise", True):  # it was made something else
            Promise.objects.filter(conversation=conversation).delete()
        return None
    if (promise := locked(conversation)) is None:
        promise = begin(conversation, asked)
        if promise is None or asked is None:
            return promise
    promise.conversation = conversation
    before = (promise.acknowledged, promise.ended_as, promise.waiting_since)
    now = now or timezone.now()
    _see_acknowledged(promise, conversation)
    _see_spoken(promise, conversation)
    _see_ended(promise, conversation, now)
    is_elsewhere = promise.counted_for != conversation.community_id
    if is_elsewhere or (promise.acknowledged, promise.ended_as, promise.waiting_since) != before:
        save(promise)
    return promise


def follow_both(one: Conversation, other: Conversation) -> None:
    """Posts went from one into the other, or back. Whoever wrote them weeks ago in a discussion was promised nothing:
    what is a question since now has its days from now.
    """
    now = timezone.now()
    follow(one, asked=now)
    follow(other, asked=now)


def _see_acknowledged(promise: Promise, conversation: Conversation) -> None:
    """The first word of somebody else acknowledges it, as long as it stands."""
    standing = promise.acknowledged_with
    if promise.acknowledged and (standing is None or standing.is_shown):
        return
    others = conversation.posts.shown().after(1).exclude(of_askers(conversation)).filter(author__isnull=False)
    first: Post | None = others.exclude(author__in=_who_asked_it_too(conversation)).order_by("number").first()
    promise.acknowledged = first.posted if first else None
    promise.acknowledged_by_id = first.author_id if first else None
    promise.acknowledged_with = first


def _who_asked_it_too(conversation: Conversation) -> QuerySet[Any, Any]:
    """Whoever asked a question that was put into this one waits for an answer likewise, and gives none by that."""
    put_here = Q(merged_into=conversation) | Q(merged_into__merged_into=conversation)
    asked = Conversation.objects.filter(put_here, kind=Kind.QUESTION, begun_by__isnull=False)
    return asked.order_by().values("begun_by")


def _see_spoken(promise: Promise, conversation: Conversation) -> None:
    """The next word of whoever asked ends the wait for it."""
    if promise.waiting_since is None:
        return
    theirs = conversation.posts.filter(of_askers(conversation), posted__gt=promise.waiting_since)
    if word := theirs.order_by("number").first():
        _end_wait(promise, word.posted)


def of_askers(conversation: Conversation) -> Q:
    """Posts of whoever asked: a delegate who asked and whoever they asked for are one side, in whosever name they write
    on. Neither of the two acknowledges or answers the other.
    """
    return Q(author__in=conversation.behind) | Q(principal__in=conversation.behind)


def _see_ended(promise: Promise, conversation: Conversation, now: datetime) -> None:
    ended_as = _end_of(conversation)
    if ended_as == promise.ended_as:
        return
    if ended_as and promise.ended is None:
        _end_wait(promise, now)
        promise.ended = now
    elif not ended_as and promise.ended is not None:  # open again: the clock stood still meanwhile
        if not _waits_again(promise, conversation):
            Wait.objects.create(promise=promise, since=promise.ended, until=max(now, promise.ended))
        promise.ended = None
    promise.ended_as = ended_as


def _waits_again(promise: Promise, conversation: Conversation) -> bool:
    """It waited for whoever asked when it ended, and they have said nothing since: it goes on waiting."""
    if promise.ended is None or not conversation.behind:
        return False
    cut: Wait | None = promise.waits.filter(until=promise.ended).order_by("since").last()
    if cut is None:
        return False
    said = conversation.posts.filter(posted__gte=cut.since)
    asked_back: Post | None = said.filter(posted=cut.since).exclude(of_askers(conversation)).first()
    if asked_back is None or said.filter(of_askers(conversation)).exists():
        return False
    promise.waiting_since, promise.waiting_by = cut.since, asked_back.author
    cut.delete()
    return True


def _end_of(conversation: Conversation) -> str:
    """A marked answer is the end, or that it was closed. A reply is not: nobody knows yet whether it helps. What stands
    in another conversation now is no question any more: whoever moderates has closed it, and if it was late it was.
    """
    if conversation.merged_into_id:
        return Ended.CLOSED
    if conversation.answer_id and conversation.answer:
        is_own = not conversation.behind.isdisjoint(conversation.answer.behind)
        return Ended.OWN if is_own else Ended.ANSWERED
    if conversation.withheld:
        own = conversation.posts.filter(number=1, removed__isnull=False, why_removed="")
        return Ended.WITHDRAWN if own.exists() else Ended.CLOSED
    if conversation.closed:
        is_own = conversation.closed_by_id in conversation.behind
        return Ended.WITHDRAWN if is_own else Ended.CLOSED
    return ""


def _end_wait(promise: Promise, until: datetime) -> None:
    if promise.waiting_since is None:
        return
    Wait.objects.create(promise=promise, since=promise.waiting_since, until=max(until, promise.waiting_since))
    promise.waiting_since = promise.waiting_by = None


def locked(conversation: Conversation) -> Promise | None:
    rows = Promise.objects.select_for_update(of=("self",)).select_related("acknowledged_with")
    promise: Promise | None = rows.filter(conversation=conversation).first()
    return promise


def save(promise: Promise) -> None:
    """With its days counted anew, and those told whom it concerned."""
    was, community = promise.answer_by, promise.conversation.community
    region = CommunityPromise.objects.filter(community=community).values_list("region", flat=True).first()
    count(promise, region_called(region or ""), waits_of([promise])[promise.pk])
    promise.save()
    if promise.answer_by != was:
        forget_reminders([promise])
    if community and Reminded.objects.filter(promise=promise).exists():
        changed_for(concerned(community.pk, Reached.LATE))
