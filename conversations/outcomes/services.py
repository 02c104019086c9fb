"""Saying what comes of an idea, until when a consultation asks, and reminding those who owe an outcome."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.choices import OUTCOMES, IdeaStage, Kind
from conversations.models import Conversation, Step
from conversations.outcomes import rights
from conversations.outcomes.notices import tell_owed, tell_stage
from conversations.services.locking import CannotPost, locked_with_rights
from conversations.services.log import note
from core.working_days.services import working_calendar
from people.models import User
from search.services import changed

REMINDERS = (0, 7, 14)
"""Days after the closing day; with the last one, the sponsor hears of it, too."""


@transaction.atomic
def set_stage(conversation: Conversation, by: User, stage: IdeaStage, word: str, said: Collection[int] = ()) -> Step:
    """Say where an idea has come to and why, linked to the posts (``said``: their keys) that led to it. An outcome for
    which nothing was chosen is linked to the first post, which is the idea itself. Going back is possible.
    """
    row, part = locked_with_rights(conversation, by)
    if not rights.sets_stage(row, part):
        raise CannotPost(_("You do not say any more what comes of this."))
    if not word.strip():
        raise CannotPost(_("Say why. Everybody who took part reads this."))
    last: Step | None = row.steps.first()
    if last is not None and (last.stage, last.word, last.by_id) == (stage, word, by.pk):
        return last  # sent twice
    step: Step = row.steps.create(stage=stage, word=word, by=by)
    posts = row.posts.shown()
    chosen = list(posts.filter(pk__in=said))
    if not chosen and stage in OUTCOMES:
        chosen = list(posts.filter(number=1))
    step.said.set(chosen)
    if row.stage in OUTCOMES and stage not in OUTCOMES:
        row.reminders = 0  # an outcome is owed again
    row.stage = stage
    row.save(update_fields=["stage", "reminders"])
    note("stage", row, by)
    changed(row)
    tell_stage(step, by)
    return step


@transaction.atomic
def set_closing_day(conversation: Conversation, by: User, day: date) -> None:
    """Until when a consultation asks. Those who owe an outcome are reminded anew after it."""
    row, part = locked_with_rights(conversation, by)
    if not rights.sets_closing_day(row, part):
        raise CannotPost(_("You cannot set the closing day here any more."))
    row.closing_day, row.reminders = day, 0
    row.save(update_fields=["closing_day", "reminders"])


def remind() -> None:
    """Remind those who owe an outcome: once when the closing day is over, after a week, and after two; likewise after
    they took an outcome back. Nobody is reminded outside of the working hours of the community's region.
    """
    now, today = timezone.now(), timezone.localdate()
    calendar_of = cache(working_calendar)  # each region's, for this round
    owed = Conversation.objects.filter(kind=Kind.CONSULTATION, withheld=None, community__live=True)
    owed = owed.filter(closing_day__lt=today, reminders__lt=len(REMINDERS)).exclude(stage__in=OUTCOMES)
    for conversation in owed.annotate(region=F("community__promise__region"), reopened=_reopened()):
        if not calendar_of(conversation.region or "").is_open(now):
            continue
        over = conversation.closing_day
        if conversation.reopened is not None:
            over = max(over, timezone.localdate(conversation.reopened))
        due = sum(over + timedelta(days=1 + days) <= today for days in REMINDERS)
        if due > conversation.reminders:
            _remind(conversation, due)


def _reopened() -> Subquery:
    """When a conversation last went back from an outcome: from then on one is owed anew."""
    earlier = Step.objects.filter(conversation=OuterRef("conversation"), at__lt=OuterRef("at"))
    before = earlier.order_by("-at", "-pk").values("stage")[:1]
    steps = Step.objects.filter(conversation=OuterRef("pk")).exclude(stage__in=OUTCOMES)
    went_back = steps.annotate(before=Subquery(before)).filter(before__in=OUTCOMES)
    return Subquery(went_back.order_by("-at", "-pk").values("at")[:1])


@transaction.atomic
def _remind(conversation: Conversation, due: int) -> None:
    """Once, however many look for it at the same time. Reminders that were missed are not made up for."""
    same = Conversation.objects.filter(pk=conversation.pk, reminders=conversation.reminders)
    same = same.filter(closing_day=conversation.closing_day).exclude(stage__in=OUTCOMES)
    if same.update(reminders=due):
        tell_owed(conversation, due)
