"""Reminders: half-way to whoever keeps the promise, on the last day to the backup, too, then to stewards and sponsor.

Looked for every few minutes, and sent in the working hours of the community's region alone, each once.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from communities.models import CommunityPage, Membership
from conversations.choices import Clock, Reached
from conversations.models import CommunityPromise, Promise, Reminded
from conversations.promise.notices import tell_reached, tell_unkept
from conversations.promise.wording import local_day
from conversations.querysets import half
from core.working_days.services import working_calendar
from people.models import User

AT_ONCE = 200


def remind(now: datetime | None = None) -> int:
    """Tell those whose questions have waited for so long. Returns how many reminders went out."""
    now = now or timezone.now()
    waiting = Promise.objects.running().filter(half(now)).order_by("pk").prefetch_related("reminded")
    waiting = waiting.annotate(region=F("conversation__community__promise__region"))
    calendar_of = cache(working_calendar)  # each region's, for this round
    told = 0
    for promise in waiting.iterator(AT_ONCE):
        if calendar_of(promise.region or "").is_open(now) and _is_new(promise, now):
            told += _remind_of(promise.pk, now)
    return told


def _reached(promise: Promise, now: datetime) -> Iterable[tuple[Clock, Reached]]:
    return ((clock, step) for clock in Clock if (step := promise.reached(clock, now)))


def _is_new(promise: Promise, now: datetime) -> bool:
    known: Iterable[Any] = promise.reminded.all()
    return not set(_reached(promise, now)) <= {(each.clock, each.reached) for each in known}


@transaction.atomic
def _remind_of(pk: int, now: datetime) -> int:
    """Of two processes that look at once, whoever has the row tells. What was answered meanwhile is told to nobody."""
    rows = Promise.objects.select_for_update(of=("self",), skip_locked=True)
    promise = rows.filter(pk=pk, ended=None, waiting_since=None).first()
    if promise is None:
        return 0
    known = set(promise.reminded.values_list("clock", "reached"))
    new = [(clock, step) for clock, step in _reached(promise, now) if (clock.value, step.value) not in known]
    Reminded.objects.bulk_create(
        [
            Reminded(promise=promise, clock=clock, reached=step)
            for clock, reached in new
            for step in Reached
            if Reached.NOTHING < step <= reached and (clock.value, step.value) not in known
        ]
    )
    for clock, step in new:
        is_new = clock == Clock.ACKNOWLEDGE and step == Reached.HALF and _is_asked_now(promise)
        tell_reached(promise, clock, step, is_new=is_new)
    return len(new)


def _is_asked_now(promise: Promise) -> bool:
    """Whether half of the time is over as soon as it is asked: the stewards heard of it then."""
    return promise.acknowledge_from == local_day(promise.asked)


@transaction.atomic
def see_to_keepers() -> None:
    """Whoever has left, or whose account is off, keeps no promise any more: the stewards hear of it, once."""
    rows = CommunityPromise.objects.select_for_update(skip_locked=True).exclude(keeper=None, backup=None)
    gone = []
    for rules in rows.filter(_gone("keeper") | _gone("backup")):
        here = set(_members(rules).values_list("person_id", flat=True))
        rules.keeper_id = rules.keeper_id if rules.keeper_id in here else None
        rules.backup_id = rules.backup_id if rules.backup_id in here else None
        rules.save(update_fields=["keeper", "backup"])
        gone.append(rules.community_id)
    for community in CommunityPage.objects.filter(pk__in=gone, live=True):
        tell_unkept(community)


def unkept_without(person: User) -> None:
    """Before the row of somebody goes who keeps a promise: nothing would tell afterwards that anybody kept it."""
    named = Q(promise__keeper=person) | Q(promise__backup=person)
    for community in CommunityPage.objects.filter(named, live=True):
        tell_unkept(community)


def _gone(part: str) -> Any:
    """Who is named, and no member who may answer."""
    members = Membership.objects.active().filter(person__is_active=True)
    here = members.filter(person=OuterRef(part), community=OuterRef("community"))
    return Q(**{f"{part}__isnull": False}) & ~Exists(here)


def _members(rules: CommunityPromise) -> Any:
    named = [rules.keeper_id, rules.backup_id]
    return Membership.objects.active().filter(community=rules.community_id, person__in=named, person__is_active=True)
