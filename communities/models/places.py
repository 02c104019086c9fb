"""The places of a community, counted where the database can guard them."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from communities.models.membership import Membership
from communities.models.pages import CommunityPage
from core.versions import Versioned

if TYPE_CHECKING:
    from collections.abc import Iterable


class Places(Versioned, models.Model):
    """How many places a community has and how many are taken.

    A table of its own, and not two columns of the page: publishing an old draft of a page writes every column of it,
    and would bring back an old count.
    """

    community = models.OneToOneField(CommunityPage, on_delete=models.CASCADE, primary_key=True, related_name="places")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

    version_kind = "members"

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")), name="no_place_is_given_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.taken} / {self.capacity or '∞'}"

    @property
    def version_scope(self) -> str:
        return f"members:{self.pk}"

    @classmethod
    def follow(cls, community: CommunityPage) -> None:
        """Take over the capacity that the page says.

        An old draft may say fewer places than are taken by now. Nobody loses theirs: it is full until some leave.
        """
        cls.objects.get_or_create(community=community)
        wanted = community.capacity
        # One statement: somebody may join between a look at what is taken and the writing.
        least = None if wanted is None else Greatest(Value(wanted), F("taken"), output_field=models.IntegerField())
        cls.objects.filter(pk=community.pk).update(capacity=least)

    @classmethod
    def take(cls, community_pk: int) -> bool:
        """Take one place, if one is free, in one statement that two racing requests cannot both pass."""
        free = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
        return cls.objects.filter(free, community_id=community_pk).update(taken=F("taken") + 1) == 1

    @classmethod
    def give_back(cls, community_pk: int) -> None:
        """Free the place of somebody who left."""
        cls.objects.filter(community_id=community_pk, taken__gt=0).update(taken=F("taken") - 1)

    @classmethod
    @transaction.atomic
    def recount(cls, communities: "Iterable[int] | None" = None) -> list[int]:
        """Count the taken places anew from the memberships, of these communities or of all; those that were wrong.

        Where there are more members than places nobody loses theirs: it is full until some leave.
        """
        rows = cls.objects.select_for_update().order_by("pk")
        kept = list(rows if communities is None else rows.filter(community__in=list(communities)))
        members = _members_of([places.pk for places in kept])
        wrong = [places for places in kept if places.taken != members.get(places.pk, 0)]
        for places in wrong:
            places.taken = members.get(places.pk, 0)
            places.capacity = None if places.capacity is None else max(places.capacity, places.taken)
            places.save(update_fields=["taken", "capacity"])
        return [places.pk for places in wrong]


def _members_of(communities: list[int]) -> dict[int, int]:
    """How many active members each community has."""
    active = Membership.objects.active().filter(community__in=communities).order_by()
    return dict(active.values_list("community_id").annotate(n=Count("pk")))
