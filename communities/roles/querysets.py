"""Querysets of roles and of who holds them."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from communities.choices import Capability
from core import versions
from core.alters_data import alters_data


class RoleQuerySet(models.QuerySet[Any]):
    """The catalogue."""

    def stewarding(self) -> "RoleQuerySet":
        """Roles whose holders manage the community."""
        return self.filter(capabilities__holds=Capability.MANAGE_MEMBERS.value)


class HoldingQuerySet(models.QuerySet[Any]):
    """Who holds which role."""

    @alters_data
    @transaction.atomic
    def update(self, **values: object) -> int:
        """Pages show who holds what."""
        if not self.model.quiet_fields.issuperset(values):
            pairs = self.order_by().values_list("membership__community_id", "membership__person_id")
            scopes = {scope for pair in pairs for scope in (f"members:{pair[0]}", f"{versions.PERSON}{pair[1]}")}
            versions.changed(*scopes, self.model.version_kind)
        return super().update(**values)

    def kept(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those that have begun and not ended, whatever else stands in their way."""
        going_on = self.filter(Q(until=None) | Q(until__gt=at or timezone.now()))
        return going_on.filter(since__lte=at) if at else going_on  # none is written down before it begins

    def in_effect(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those that open something: their person is a member."""
        return self.kept(at).filter(membership__state="active")

    def stewarding(self) -> "HoldingQuerySet":
        """Those whose role may manage the community."""
        return self.filter(role__capabilities__holds=Capability.MANAGE_MEMBERS.value)

    def shown(self) -> "HoldingQuerySet":
        """With their roles, the highest first."""
        return self.select_related("role").order_by("role__rank", "role__name", "pk")
