"""Querysets of awards. What counts at a moment is said here, for rights, lists and notices alike."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from communities.choices import AwardState
from core import versions
from core.alters_data import alters_data


def states(at: datetime) -> Mapping[AwardState, Q]:
    """What each state means at a moment. Every award is in one of them; the model says the same of one row."""
    day = timezone.localdate(at)
    said_yes = Q(decided_at__isnull=False, refusal="")
    kept = said_yes & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
    over = Q(until__isnull=False, until__lt=day)
    return {
        AwardState.WAITING: Q(decided_at=None),
        AwardState.REFUSED: Q(decided_at__isnull=False) & ~Q(refusal=""),
        AwardState.WITHDRAWN: said_yes & Q(withdrawn_at__isnull=False, withdrawn_at__lte=at),
        AwardState.LAPSED: kept & over,
        AwardState.VERIFIED: kept & ~over,
    }


class AwardQuerySet(models.QuerySet[Any]):
    """Who was awarded what."""

    @alters_data
    @transaction.atomic
    def update(self, **values: object) -> int:
        """Roles come and go with awards, and pages show roles."""
        versions.rows_changed(self, values)
        return super().update(**values)

    def in_state(self, state: AwardState, at: datetime | None = None) -> "AwardQuerySet":
        return self.filter(states(at or timezone.now())[state])

    def counting(self, at: datetime | None = None) -> "AwardQuerySet":
        """Those that count at this moment: verified, not withdrawn, not past their last day. No night passes first."""
        moment = at or timezone.now()
        begun = self.in_state(AwardState.VERIFIED, moment).filter(awarded_on__lte=timezone.localdate(moment))
        return begun.filter(decided_at__lte=at) if at else begun  # none is written down before it is decided

    def waiting(self) -> "AwardQuerySet":
        """Those that nobody has looked at yet, of people who are here."""
        return self.filter(decided_at=None, person__is_active=True)

    def in_order(self) -> "AwardQuerySet":
        """The newest of each qualification first."""
        return self.order_by("qualification__name", models.F("decided_at").desc(nulls_first=True), "-pk")
