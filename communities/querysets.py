"""Querysets of memberships."""

from typing import Any

from django.db import models


class MembershipQuerySet(models.QuerySet[Any]):
    """Who belongs to what."""

    def active(self) -> "MembershipQuerySet":
        """Those who are members today."""
        return self.filter(state="active")

    def asked(self) -> "MembershipQuerySet":
        """Those who asked and wait for a facilitator's answer, longest waiting first."""
        return self.filter(state="asked").order_by("since", "pk")

    def waiting(self) -> "MembershipQuerySet":
        """Those for whom there was no place, first come first."""
        return self.filter(state="waiting").order_by("since", "pk")

    def current(self) -> "MembershipQuerySet":
        """Every membership that has not ended."""
        return self.exclude(state="ended")

    def facilitators(self) -> "MembershipQuerySet":
        """Active members who look after the community."""
        return self.active().filter(role="facilitator")

    def by_name(self) -> "MembershipQuerySet":
        """Facilitators first, then in the order of a telephone book."""
        return self.order_by("role", "person__sort_name", "pk")
