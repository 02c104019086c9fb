"""Who may write in whose name, from when until when."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.choices import PersonKind
from people.models import User

LONGEST = timedelta(days=366)
"""How long somebody is named for at most. Then it is thought about again."""


class DelegationQuerySet(models.QuerySet[Any]):
    """Delegations, asked as they are at this moment: nothing has to be written for one to end."""

    def standing(self) -> "DelegationQuerySet":
        """Those that nobody ended or declined, and whose last day has not passed."""
        return self.filter(ended=None, until__gte=timezone.localdate())

    def asked(self) -> "DelegationQuerySet":
        """Those that wait for the word of whoever was named."""
        return self.standing().filter(accepted=None)

    def in_force(self) -> "DelegationQuerySet":
        """Those by which somebody writes now: accepted and begun, between two people who work here and are there."""
        today = timezone.localdate()
        found = self.standing().filter(accepted__isnull=False, since__lte=today)
        for part in ("principal", "delegate"):
            stays = Q(**{f"{part}__leaves_on": None}) | Q(**{f"{part}__leaves_on__gte": today})
            found = found.filter(stays, **{f"{part}__is_active": True, f"{part}__kind": PersonKind.STAFF})
        return found

    def of(self, person: int | None) -> "DelegationQuerySet":
        """Those in which somebody names, or is named."""
        return self.filter(Q(principal=person) | Q(delegate=person))

    def forgettable(self) -> "DelegationQuerySet":
        """Those that ended long ago. The audit log has what was done."""
        before = timezone.now() - LONGEST
        return self.filter(Q(ended__lt=before) | Q(until__lt=timezone.localdate(before)))


class Delegation(models.Model):
    """``delegate`` writes in conversations in the name of ``principal``, who named them. Both names stand there.

    Whatever was written keeps both names when it ends.
    """

    changes_pages = False  # asked for whoever writes, and shown to both on pages of their own

    principal = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(User, on_delete=models.CASCADE, related_name="writes_for")
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"))
    announces = models.BooleanField(_("announcements, too"), default=False)
    """Whether they may announce by the principal's right to speak for a community."""
    named = models.DateTimeField(default=timezone.now)
    accepted = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    """When it was declined, taken back or given up."""
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told_of_end = models.DateField(null=True, blank=True, editable=False)
    """The day on which both were last reminded of its end."""

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ("until", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(principal=F("delegate")), name="nobody_is_their_own_delegate"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_delegation_ends_after_it_began"),
            models.UniqueConstraint(
                fields=("principal", "delegate"), condition=Q(ended=None), name="a_delegate_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} for {self.principal_id}, until {self.until:%d.%m.%Y}"

    @property
    def is_standing(self) -> bool:
        return self.ended is None and self.until >= timezone.localdate()

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the word of whoever was named."""
        return self.is_standing and self.accepted is None

    @property
    def is_to_come(self) -> bool:
        return self.is_standing and self.since > timezone.localdate()

    def is_between(self, pk: int | None) -> bool:
        return pk is not None and pk in {self.principal_id, self.delegate_id}
