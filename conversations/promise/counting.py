"""By when a question is acknowledged and answered: counted when it is asked, and again when the calendar changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from conversations.choices import Reached
from conversations.models import CommunityPromise, Promise, Reminded, Wait
from conversations.promise.calendars import RegionCalendar, region_called
from conversations.promise.clock import ClockPause, closed_between, due_day, half_day, too_late


def count(promise: Promise, region: RegionCalendar, waits: Iterable[ClockPause] = ()) -> None:
    """Fill in the days of ``promise``; the caller saves it."""
    promise.counted_for = promise.conversation.community_id
    calendar, asked, within = region.calendar, promise.asked, promise.acknowledge_within
    acknowledge = due_day(calendar, asked, within) or calendar.local_day(asked)
    promise.acknowledge_from = half_day(calendar, asked, within) or acknowledge
    promise.acknowledge_by = too_late(calendar, acknowledge)
    waited = [*waits, *([ClockPause(promise.waiting_since)] if promise.waiting_since else [])]
    day = due_day(calendar, asked, promise.answer_within, waited)
    promise.answer_from = half_day(calendar, asked, promise.answer_within, waited) if day else None
    promise.answer_by = too_late(calendar, day) if day else None
    between = closed_between(calendar, calendar.local_day(asked), day or acknowledge, region.named)
    promise.closed_days = [[each.isoformat(), *region.named[each]] for each in between]


@transaction.atomic
def count_again(promises: Iterable[int]) -> int:
    """Count the days of these open questions (keys) anew. A question whose day moved is reminded of once more."""
    keys = sorted(promises)
    rows = Promise.objects.select_for_update(of=("self",)).filter(pk__in=keys, ended=None).order_by("pk")
    found = list(rows.select_related("conversation__community"))
    communities = {each.conversation.community_id for each in found}
    named = dict(CommunityPromise.objects.filter(community__in=communities).values_list("community", "region"))
    regions = {name: region_called(name) for name in {"", *named.values()}}
    waits = waits_of(found)
    moved = []
    for promise in found:
        before = _days(promise)
        count(promise, regions[named.get(promise.conversation.community_id or 0, "")], waits[promise.pk])
        if _days(promise) != before:
            promise.save()
            moved.append(promise)
    forget_reminders(moved)
    return len(moved)


def waits_of(promises: Iterable[Promise]) -> dict[int, list[ClockPause]]:
    found: defaultdict[int, list[ClockPause]] = defaultdict(list)
    rows = Wait.objects.filter(promise__in=[each.pk for each in promises])
    for promise, since, until in rows.order_by("since").values_list("promise_id", "since", "until"):
        found[promise].append(ClockPause(since, until))
    return found


def forget_reminders(promises: Iterable[Promise]) -> None:
    """Their last day is another one now, and is told of when it comes."""
    keys = [each.pk for each in promises]
    if keys:
        Reminded.objects.filter(promise__in=keys, reached__gte=Reached.DUE).delete()


def _days(promise: Promise) -> tuple[datetime, datetime | None, list[list[object]]]:
    return promise.acknowledge_by, promise.answer_by, promise.closed_days
