"""Sets of thanks."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.audiences import Viewer

RING = timedelta(days=90)
"""Two who thank each other within this time speak for nobody in who-knows."""


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

        Thanks that go both ways within ``RING`` do not, and of several in words alone from the same person the newest
        one does. They are shown all the same. Whoever gave them and is gone speaks for nobody.
        """
        back = self.model._default_manager.filter(
            giver=OuterRef("receiver"),
            receiver=OuterRef("giver"),
            given__gt=OuterRef("given") - RING,
            given__lt=OuterRef("given") + RING,
        )
        again = self.model._default_manager.filter(
            giver=OuterRef("giver"), receiver=OuterRef("receiver"), thing="", pk__gt=OuterRef("pk")
        )
        repeated = Q(thing="") & Exists(again)
        return self.alias(goes_back=Exists(back)).annotate(
            counts=models.Case(
                models.When(Q(giver=None) | Q(goes_back=True) | repeated, then=models.Value(value=False)),
                default=models.Value(value=True),
                output_field=models.BooleanField(),
            )
        )

    def for_listing(self) -> "ThanksQuerySet":
        """Newest first, with everything that a list says."""
        return self.select_related("giver", "receiver").prefetch_related("topics").order_by("-given", "-pk")

    def of_pair(self, one: Viewer | None, other: Viewer) -> "ThanksQuerySet":
        """Whatever went between two people, either way."""
        return self.filter(Q(giver=one, receiver=other) | Q(giver=other, receiver=one))
