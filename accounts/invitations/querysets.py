"""Querysets of invitations."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.invitations.choices import InvitationOutcome
from communities.models.membership_querysets import invited_since

KEPT_FOR = timedelta(days=90)
"""How long the hub remembers an invitation that is over: the address of somebody who never came is theirs."""


def forgotten_before() -> datetime:
    return timezone.now() - KEPT_FOR


class InvitationQuerySet(models.QuerySet[Any]):
    """Whom somebody invited."""

    def open(self) -> "InvitationQuerySet":
        """Those that can still be answered, the newest first."""
        return self.filter(outcome=InvitationOutcome.OPEN, since__gte=invited_since()).order_by("-since", "-pk")

    def held(self) -> "InvitationQuerySet":
        """Those that wait for the hub team: somebody else says that a person works here, and no rule says so."""
        return self.open().filter(is_held=True)

    def expired(self) -> "InvitationQuerySet":
        """Those that nobody answered in time."""
        return self.filter(outcome=InvitationOutcome.OPEN, since__lt=invited_since())

    def forgettable(self) -> "InvitationQuerySet":
        """Those that have been over for long enough."""
        return self.filter(Q(since__lt=forgotten_before()) & (Q(ended=None) | Q(ended__lt=forgotten_before())))
