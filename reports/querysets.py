"""Querysets of reports."""

from typing import Any

from django.db import models
from django.db.models import Q
from wagtail.models import Page

from communities.listings import communities_i_facilitate
from communities.models import CommunityContent


class ReportQuerySet(models.QuerySet[Any]):
    """What readers say is wrong."""

    def unanswered(self) -> "ReportQuerySet":
        """Those that nobody has answered yet, longest waiting first."""
        return self.filter(answered_at=None).order_by("sent_at", "pk")

    def asked_of(self, person: Any) -> "ReportQuerySet":
        """Those that ``person`` is to answer: the hub team all of them, a facilitator those on what the community looks
        after today.
        """
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        mine = communities_i_facilitate(person)
        theirs = Q(page__in=mine)
        for model in CommunityContent.models():
            if issubclass(model, Page):
                theirs |= Q(page__in=model._default_manager.filter(community__in=mine).values("pk"))
        return self.filter(theirs)
