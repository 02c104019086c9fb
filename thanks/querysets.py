"""Sets of thanks."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.audiences import Viewer

RING = timedelta(days=90)
"""Two who thank each other within this time, or three in a ring, speak for nobody in who-knows."""


class ThanksQuerySet(models.QuerySet[Any]):
    """Thanks that were given."""

    def between_them(self, viewer: Viewer) -> "ThanksQuerySet":
        """What the viewer gave or was given, private ones too."""
        return self.filter(Q(giver=viewer.pk) | Q(receiver=viewer.pk))

    def on_show(self) -> "ThanksQuerySet":
        """What was said openly, and its receiver put on their page."""
        return self.filter(is_open=True, is_shown=True, receiver__is_active=True)

    def with_weight(self) -> "ThanksQuerySet":
        """With ``counts``: whether it speaks for its receiver where somebody asks who knows.

        Thanks that go both ways within ``RING`` do not, nor those that come back by a third person; and of several in
        words alone from the same person the newest one does. They are shown all the same. Whoever gave them speaks
        for nobody once they are gone, or as long as their account is switched off.
        """
        since, until = OuterRef("given") - RING, OuterRef("given") + RING
        on = self.model._default_manager.filter(giver=OuterRef("receiver"), given__gt=since, given__lt=until)
        back = on.filter(receiver=OuterRef("giver"))
        by_a_third = on.filter(
            receiver__thanks_given__receiver=OuterRef("giver"),
            receiver__thanks_given__given__gt=since,
            receiver__thanks_given__given__lt=until,
        )
        again = self.model._default_manager.filter(
            giver=OuterRef("giver"), receiver=OuterRef("receiver"), thing="", pk__gt=OuterRef("pk")
        )
        repeated = Q(thing="") & Exists(again)
        in_a_ring = Q(goes_back=True) | Q(comes_round=True)
        return self.alias(goes_back=Exists(back), comes_round=Exists(by_a_third)).annotate(
            counts=models.Case(
                models.When(Q(giver=None) | Q(giver__is_active=False), then=models.Value(value=False)),
                models.When(in_a_ring | repeated, then=models.Value(value=False)),
                default=models.Value(value=True),
                output_field=models.BooleanField(),
            )
        )

    def for_listing(self) -> "ThanksQuerySet":
        """Newest first, with everything that a list says."""
        return self.select_related("giver", "receiver").prefetch_related("topics").order_by("-given", "-pk")

    def in_rings_with(self, giver: Viewer | None, receiver: Viewer) -> "ThanksQuerySet":
        """What may count otherwise because ``giver`` thanked ``receiver``: what went between them, and through a third
        person from one to the other.
        """
        from_receiver = Q(giver=receiver, receiver__thanks_given__receiver=giver)
        to_giver = Q(receiver=giver, giver__thanks_received__giver=receiver)
        pair = Q(giver=giver, receiver=receiver) | Q(giver=receiver, receiver=giver)
        return self.filter(pair | from_receiver | to_giver).distinct()

    def in_rings_through(self, person: Viewer) -> "ThanksQuerySet":
        """What two others said in a ring of three with ``person``."""
        return self.filter(giver__thanks_received__giver=person, receiver__thanks_given__receiver=person).distinct()
