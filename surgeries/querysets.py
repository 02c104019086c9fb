"""Querysets of sessions."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from core.audiences import AudienceQuerySet, Viewer
from core.days import midnight
from people.models import User


class SessionQuerySet(AudienceQuerySet):
    """Dates of surgeries, with the one rule for who may see them."""

    def upcoming(self) -> "SessionQuerySet":
        """Those that have not ended, soonest first. A cancelled one stays, so that nobody goes there."""
        return self.filter(ends__gte=timezone.now()).order_by("starts", "pk")

    def past(self) -> "SessionQuerySet":
        """Those that have ended, latest first."""
        return self.filter(ends__lt=timezone.now()).order_by("-starts", "-pk")

    def between(self, first: date, last: date) -> "SessionQuerySet":
        """Those that begin on a day from ``first`` to ``last``, both included, where the hub is."""
        return self.filter(starts__gte=midnight(first), starts__lt=midnight(last + timedelta(days=1))).order_by(
            "starts", "pk"
        )

    def shown_to(self, viewer: Viewer) -> "SessionQuerySet":
        """Sessions of live surgeries that ``viewer`` may see: what every list starts from."""
        return self.filter(surgery__live=True).visible_to(viewer)  # type: ignore[return-value]  # it stays of this class

    def for_listing(self) -> "SessionQuerySet":
        """With everything that a row of the schedule says, in two queries."""
        return self.select_related("surgery", "surgery__community").prefetch_related(
            models.Prefetch("mentors", User.objects.here(), to_attr="mentor_list")
        )
