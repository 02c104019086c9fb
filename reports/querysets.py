"""Querysets of reports."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q
from wagtail.models import Page

from communities.models import CommunityContent
from communities.permissions import communities_stewarded
from core.audiences import Viewer, viewer_tokens


class ReportQuerySet(models.QuerySet[Any]):
    """What readers say is wrong."""

    def unanswered(self) -> "ReportQuerySet":
        """Those that nobody has answered yet, longest waiting first."""
        return self.filter(answered_at=None).order_by("sent_at", "pk")

    def hiding(self, page: Page | None) -> "ReportQuerySet":
        """Those because of which ``page`` is hidden now, the last one first.

        An alias shows what its original says: while that is not live, an editor's reason for it holds for both.
        """
        if page is None or page.live or (page.alias_of is not None and not page.alias_of.live):
            return self.none()
        hidden = self.filter(page=page).exclude(hidden_version=None).order_by("-hidden_at")
        return hidden if page.last_published_at is None else hidden.filter(hidden_at__gte=page.last_published_at)

    def asked_of(self, person: Viewer, stewarded: Collection[int] | None = None) -> "ReportQuerySet":
        """Those that ``person`` is to answer: the hub team all of them, a facilitator those on what the community looks
        after today (the keys of theirs may be known), as far as they could read the page when it was reported: what
        members said among themselves does not go with a page to another community. Of a page that is not live the
        report knows who looked after it: the page's row is a draft.
        """
        nobodys = stewarded is not None and not stewarded and not person.is_superuser
        if nobodys or not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        mine = communities_stewarded(person, stewarded)
        theirs = Q(page__in=mine) | Q(page__live=False, community__in=mine)
        for model in CommunityContent.models():
            if issubclass(model, Page):
                content = model._default_manager.filter(community__in=mine).values("pk")
                theirs |= Q(page__live=True, page__in=content)
        could_read = Q(community__in=mine) | Q(audience_token__in=viewer_tokens(person))
        return self.filter(theirs & could_read)
