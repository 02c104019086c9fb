"""Where questions stand, as pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.choices import Clock, Ended, Reached
from conversations.models import Conversation, Promise, PromisedDays
from conversations.permissions import TalkRights
from conversations.promise import rates
from conversations.promise.keepers import Keepers, keepers_of
from conversations.promise.services import may_help
from conversations.promise.wording import Closed, by_when, clause, day_in_words, last_day, local_day


@dataclass(frozen=True, slots=True)
class PromiseStep:
    """One of the two things that are promised: done, going on, standing still, or late."""

    title: str
    text: str
    state: str  # "done", "late", "wait", "going", "apart"
    detail: str = ""

    @property
    def icon(self) -> str:
        return {"done": "tick", "late": "warning", "wait": "conversation", "apart": "closed"}.get(self.state, "clock")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one question stands, and what the reader may do about it."""

    steps: Sequence[PromiseStep]
    keepers: Keepers
    is_open: bool
    waits_for_reader: bool
    looks: bool
    asks_back: bool
    withdraws: bool
    asks_again: bool


def stand_of(conversation: Conversation, part: TalkRights) -> Stand | None:
    """``None`` for what was promised no answer."""
    promise: Promise | None = getattr(conversation, "promise", None)
    if promise is None or conversation.withheld:
        return None
    now, reader = timezone.now(), part.person
    is_asker = reader.is_authenticated and part.owns(conversation)
    named = promise.is_open and reader.is_authenticated and conversation.community_id is not None
    helps = promise.is_open and reader.is_authenticated and may_help(conversation, part)
    return Stand(
        steps=[_acknowledged(promise, now), _answered(promise, conversation, now)],
        keepers=_keepers(conversation, part) if named else Keepers(),
        is_open=promise.is_open,
        waits_for_reader=conversation.is_of(reader) and promise.is_waiting,
        looks=helps and promise.acknowledged is None,
        asks_back=helps and not promise.is_waiting,
        withdraws=is_asker and promise.is_open and part.is_open,
        asks_again=is_asker and part.is_open and promise.ended_as == Ended.WITHDRAWN and bool(conversation.closed),
    )


def _keepers(conversation: Conversation, part: TalkRights) -> Keepers:
    return keepers_of([part.community.pk]).get(part.community.pk, Keepers()).without(conversation.behind)


def _acknowledged(promise: Promise, now: datetime) -> PromiseStep:
    title, by = _("Acknowledged"), promise.acknowledge_by
    if promise.acknowledged is not None:
        who = promise.acknowledged_by_line or _("Somebody")
        text = _("%(who)s, %(day)s") % {"who": who, "day": _day(promise.acknowledged, now)}
        is_late = promise.acknowledged >= by
        return PromiseStep(title, text, "late" if is_late else "done", _promised(by, now) if is_late else "")
    if not promise.is_open:
        return PromiseStep(title, _("Not needed any more"), "apart")
    return _running(title, promise, by, now, promise.reached(Clock.ACKNOWLEDGE, now))


def _answered(promise: Promise, conversation: Conversation, now: datetime) -> PromiseStep:
    title, by = _("Answered"), promise.answer_by
    if promise.ended is not None:
        day = _as_a_line(_day(promise.ended, now))
        if promise.ended_as != Ended.ANSWERED:
            return PromiseStep(str(Ended(promise.ended_as).label), day, "apart")
        is_late = by is not None and promise.ended >= by
        return PromiseStep(title, day, "late" if is_late else "done", _promised(by, now) if by and is_late else "")
    if promise.waiting_since is not None or by is None:
        said = {"who": conversation.by_line or _("whoever asked")}
        since = _day(promise.waiting_since, now) if promise.waiting_since else ""
        detail = _("Asked back by %(who)s, %(day)s. The days until then do not count.") if since else ""
        detail = detail % {"who": promise.waiting_by or _("somebody"), "day": since} if detail else ""
        return PromiseStep(title, _("Waits for a word of %(who)s") % said, "wait", detail)
    return _running(title, promise, by, now, promise.reached(Clock.ANSWER, now))


def _running(title: str, promise: Promise, by: datetime, now: datetime, reached: Reached) -> PromiseStep:
    if reached == Reached.LATE:
        return PromiseStep(title, _("Late"), "late", _promised(by, now))
    today = local_day(now)
    text = by_when(by, _closed_before(promise.closed_days, last_day(by)), today)
    return PromiseStep(title, _as_a_line(text), "going")


def _closed_before(closed: Iterable[Closed], last: date) -> list[Closed]:
    return [each for each in closed if str(each[0]) < last.isoformat()]


def _promised(by: datetime, now: datetime) -> str:
    return _("It was promised %(by)s.") % {"by": by_when(by, today=local_day(now))}


def _day(moment: datetime, now: datetime) -> str:
    return day_in_words(local_day(moment), local_day(now))


def _as_a_line(words: str) -> str:
    """Words that stand by themselves begin with a capital letter."""
    return words[:1].upper() + words[1:]


# -- lists -------------------------------------------------------------------------------------------------------------
def mark_of(conversation: Conversation) -> Reached:
    """What a list shows to members of its community: due today, or late."""
    promise: Promise | None = getattr(conversation, "promise", None)
    if promise is None:
        return Reached.NOTHING
    furthest = promise.furthest(timezone.now())
    return furthest if furthest >= Reached.DUE else Reached.NOTHING


def promise_context(request: HttpRequest) -> dict[str, Any]:
    """How the promise is kept: by the hub, and by each community that the reader may see, in the order of names."""
    kept = rates.by_community()
    shown = CommunityPage.objects.shown_to(request.user).filter(pk__in=kept).order_by("title")
    days = PromisedDays.load()
    return {
        "trail": [
            {"title": _("Today"), "url": "/"},
            {"title": _("Conversations"), "url": reverse("conversations:everywhere")},
        ],
        "acknowledge": clause(days.acknowledge_within),
        "answer": clause(days.answer_within),
        "hub": rates.of_hub(),
        "communities": [(community, kept[community.pk]) for community in shown],
        "days": rates.DAYS,
        "fewest": rates.FEWEST,
    }
