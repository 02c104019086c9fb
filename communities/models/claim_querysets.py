"""Sets of claims to know about something."""

from typing import Any

from django.db import models
from django.utils import timezone


class ClaimQuerySet(models.QuerySet[Any]):
    """Claims to know about a topic."""

    def waiting(self) -> "ClaimQuerySet":
        """Those that nobody has answered yet, of people who are here."""
        return self.filter(decided_at=None, person__is_active=True)

    def counting(self) -> "ClaimQuerySet":
        """Those that were answered with yes, and are neither withdrawn nor due to be looked at again."""
        return self.filter(until__gte=timezone.localdate(), withdrawn_at=None)

    def for_listing(self) -> "ClaimQuerySet":
        return self.select_related("person", "community", "topic")
