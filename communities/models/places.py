"""The places of a community, counted where the database can guard them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models.pages import CommunityPage


class Places(models.Model):
    """How many places a community has and how many are taken.

    A table of its own, and not two columns of the page: publishing an old draft of a page writes every column of it,
    and
    would bring back an old count.
    """

    community = models.OneToOneField(CommunityPage, on_delete=models.CASCADE, primary_key=True, related_name="places")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

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

    @classmethod
    def follow(cls, community: CommunityPage) -> None:
        """Take over the capacity that the page says.

        An old draft may say fewer places than are taken by now. Nobody loses theirs: it is full until some leave.
        """
        places, _made = cls.objects.get_or_create(community=community)
        wanted = community.capacity
        places.capacity = wanted if wanted is None else max(wanted, places.taken)
        places.save(update_fields=["capacity"])

    @classmethod
    def take(cls, community_pk: int) -> bool:
        """Take one place, if one is free, in one statement that two racing requests cannot both pass."""
        free = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
        return cls.objects.filter(free, community_id=community_pk).update(taken=F("taken") + 1) == 1

    @classmethod
    def give_back(cls, community_pk: int) -> None:
        """Free the place of somebody who left."""
        cls.objects.filter(community_id=community_pk, taken__gt=0).update(taken=F("taken") - 1)
