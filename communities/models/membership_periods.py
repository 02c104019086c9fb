"""When somebody belonged: the one rule that says so of any moment, those of the past included."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from communities.models import Membership


class Pause(models.Model):
    """A member’s account was off: from when until when they were away from one community."""

    changes_pages = False
    membership = models.ForeignKey("communities.Membership", on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("time away")
        verbose_name_plural = _("times away")

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.since}"


class PastMembership(models.Model):
    """What somebody was in a community whose page was deleted: all else of it is gone, their past is theirs."""

    changes_pages = False
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_memberships")
    name = models.CharField(max_length=255, blank=True)
    joined = models.DateTimeField()
    until = models.DateTimeField()
    roles = models.JSONField(default=list)
    """``[{"name": "Mentor", "since": …, "until": …}]``, the days as ISO writes them."""

    class Meta:
        verbose_name = _("past membership")
        verbose_name_plural = _("past memberships")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.name}"


def belonged(at: datetime, membership: str = "") -> Q:
    """Which memberships were those of a member at a moment; ``membership`` is the path to them, as a query has it."""
    path = f"{membership}__" if membership else ""
    away = Pause.objects.filter(membership=OuterRef(membership or "pk"), since__lte=at)
    goes_on = Q(**{f"{path}until": None}) | Q(**{f"{path}until__gt": at})
    return Q(**{f"{path}joined__lte": at}) & goes_on & ~Q(Exists(away.filter(Q(until=None) | Q(until__gt=at))))


def is_back(membership: "Membership") -> None:
    """Before somebody becomes a member: whoever was one already, and was away, is so no more."""
    if membership.joined is not None:
        Pause.objects.filter(membership=membership.pk, until=None).update(until=timezone.now())
