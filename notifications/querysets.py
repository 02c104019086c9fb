"""Querysets of what happened: what concerns one person, and what of it is new to them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from communities.models import Membership
from core.audiences import Viewer, community_pks, viewer_tokens
from core.notices import Importance
from notifications.choices import NoticeLevel


class NoticeQuerySet(models.QuerySet[Any]):
    """What is addressed to people."""

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def to_mail(self) -> "NoticeQuerySet":
        """What is to go out by itself, or waits for it."""
        return self.unread().filter(mail_due__isnull=False, mailed_at=None, person__is_active=True)

    def for_digest(self, kinds: Collection[str], until: datetime) -> "NoticeQuerySet":
        """What of these kinds of events waits for the digest of what happened until a moment."""
        happened = {"happening__kind__in": kinds, "happening__community": None, "happening__at__lte": until}
        return self.unread().filter(mail_due=None, mailed_at=None, **happened)


class HappeningQuerySet(models.QuerySet[Any]):
    """What happened. These ask whom it is for; whether it may still be told is asked when it is put in words."""

    def concerning(self, person: Viewer) -> "HappeningQuerySet":
        """What is addressed to somebody, and what they hear of in their communities.

        Two queries in one, so that each finds its rows by its own index.
        """
        every = self.model.objects.order_by()
        mine = every.addressed_to(person).values("pk").union(every.heard_by(person).values("pk"))
        return self.filter(pk__in=mine)

    def addressed_to(self, person: Viewer) -> "HappeningQuerySet":
        """What was sent to somebody by themselves."""
        return self.filter(community=None, pk__in=_notices(person).values("happening"))

    def heard_by(self, person: Viewer) -> "HappeningQuerySet":
        """What happened in communities since the person joined them, without what they muted and what they did."""
        marks = _marks(person)
        joined = Membership.objects.active().filter(
            person=person.pk, community=OuterRef("community"), since__lte=OuterRef("at")
        )
        matters = ~Q(importance=Importance.REST) & ~Exists(marks.filter(level=NoticeLevel.NOTHING))
        heard = self.filter(community__in=community_pks(viewer_tokens(person)))
        wanted = heard.filter(Exists(joined), matters | Exists(marks.filter(level=NoticeLevel.EVERYTHING)))
        return wanted.filter(~Q(actor=person.pk) | Q(actor=None))

    def new_to(self, person: Viewer) -> "HappeningQuerySet":
        """What of it the person has not read."""
        return self.concerning(person).filter(~self._is_read(person))

    def mark_read_by(self, person: Viewer) -> "HappeningQuerySet":
        """All of them, with ``is_read``."""
        read = When(self._is_read(person), then=Value(True))
        return self.annotate(is_read=Case(read, default=Value(False), output_field=BooleanField()))

    @staticmethod
    def _is_read(person: Viewer) -> Q:
        by_itself = _notices(person).filter(happening=OuterRef("pk")).exclude(read_at=None)
        passed = _marks(person).filter(position__gte=OuterRef("pk"))
        return Q(Exists(by_itself)) | Q(Exists(passed), community__isnull=False)


def _notices(person: Viewer) -> Any:
    return apps.get_model("notifications", "Notice").objects.filter(person=person.pk)


def _marks(person: Viewer) -> Any:
    marks = apps.get_model("notifications", "Mark").objects
    return marks.filter(person=person.pk, community=OuterRef("community"))
