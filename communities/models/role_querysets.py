"""Querysets of roles and of who holds them."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities.choices import Capability
from communities.models.membership_periods import belonged
from communities.models.qualifications import Award
from core import versions
from core.alters_data import alters_data

DECLINED = Q(answered_at__isnull=False, accepts=False)
"""They said no to what the role asked of them when they were asked last."""


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

    def of_members(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those of members, whatever they said to what the role asks, and suspended or not."""
        return self.kept(at).filter(belonged(at, "membership") if at else Q(membership__state="active"))

    def accepted(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those of members who have not said no to what the role asks."""
        if at is None:
            return self.of_members().exclude(DECLINED)
        held = self.of_members(at).alias(said=self._said_before(at))
        return held.exclude(DECLINED, answered_at__lte=at).exclude(answered_at__gt=at, said=False)

    def _said_before(self, at: datetime) -> Coalesce:
        """What they had said by then, where they gave another answer later."""
        earlier = self.model.earlier_answers.rel.related_model.objects.filter(holding=OuterRef("pk"), at__lte=at)
        return Coalesce(Subquery(earlier.order_by("-at", "-pk").values("accepts")[:1]), Value(True))

    def in_effect(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those that open something: their person is a member, has not said no, and has what the role demands."""
        return self.accepted(at).filter(~Exists(self._lacking(at)))

    def suspended(self, at: datetime | None = None) -> "HoldingQuerySet":
        """Those that a qualification is missing for, or has ended for. They come back by themselves with it."""
        return self.accepted(at).filter(Exists(self._lacking(at)))

    def _lacking(self, at: datetime | None) -> Any:
        """What the role of a holding demands and its person does not have."""
        person = OuterRef(OuterRef("membership__person_id"))
        has = Award.objects.counting(at).filter(person=person, qualification=OuterRef("qualification_id"))
        demanded: Any = self.model.role.field.related_model.qualifications.through.objects
        return demanded.filter(~Exists(has), role=OuterRef("role_id"))

    def stewarding(self) -> "HoldingQuerySet":
        """Those whose role may manage the community."""
        return self.filter(role__capabilities__holds=Capability.MANAGE_MEMBERS.value)

    def shown(self) -> "HoldingQuerySet":
        """With their roles, the highest first."""
        return self.select_related("role").order_by("role__rank", "role__name", "pk")
