"""Querysets of stays."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.audiences import Viewer
from core.editors import is_hub_team
from people.away import stands_in_for

AHEAD = timedelta(days=14)
"""How long before its day a sponsor is asked to look at a stay again."""


def soon() -> date:
    return timezone.localdate() + AHEAD


def _answered_for_by(person: Viewer) -> Q:
    """Nobody looks again at their own stay, whomever they stand in for."""
    away = stands_in_for(person.pk) if person.is_authenticated else frozenset()
    mine = Q(sponsor=person.pk)
    return mine | (Q(sponsor__in=away, sponsor__is_active=True) & ~Q(person=person.pk)) if away else mine


class StayQuerySet(models.QuerySet[Any]):
    """People from outside who are here."""

    def going_on(self) -> "StayQuerySet":
        return self.filter(ended=None, person__is_active=True).exclude(person__kind="staff")

    def due(self) -> "StayQuerySet":
        """Those that are to be looked at again within a fortnight, or should have been."""
        return self.going_on().filter(review_on__lte=soon()).order_by("review_on", "pk")

    def without_sponsor(self) -> "StayQuerySet":
        """Those for whom nobody of the organisation answers any more."""
        return self.going_on().filter(Q(sponsor=None) | Q(sponsor__is_active=False) | ~Q(sponsor__kind="staff"))

    def seen_to_by(self, person: Viewer) -> "StayQuerySet":
        """Those that ``person`` may extend or end: the hub team all, a sponsor their own and those of a sponsor whom
        they stand in for. Whoever works here by now is nobody's guest.
        """
        if is_hub_team(person):
            return self
        is_sponsor = person.is_authenticated and getattr(person, "is_insider", False)
        return self.filter(_answered_for_by(person)).exclude(person__kind="staff") if is_sponsor else self.none()

    def shown_to(self, viewer: Viewer) -> "StayQuerySet":
        """Those that ``viewer`` reads of: nobody else sees that there is one."""
        return self.seen_to_by(viewer).select_related("person")

    def asked_of(self, person: Viewer) -> "StayQuerySet":
        """Those that wait for ``person``: of a sponsor their own; of the hub team also what nobody else sees to."""
        mine = _answered_for_by(person)
        if is_hub_team(person):
            mine |= Q(pk__in=self.without_sponsor().values("pk")) | Q(review_on__lt=timezone.localdate())
        return self.seen_to_by(person).due().filter(mine)
