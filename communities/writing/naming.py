"""Which communities a page names: the live row, the newest draft, and what is at hand may each name another one."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.db.models.lookups import In
from wagtail.models import Page

from communities.models import CommunityContent, CommunityPage
from communities.models.content import drafted_community
from core.audiences import Viewer
from core.editing.access import FEW

_KNOWN = "_communities_named"


def content_pages() -> list[Any]:
    """Every page type that names a community."""
    return [model for model in CommunityContent.models() if issubclass(model, Page)]


def community_of(page: CommunityPage | CommunityContent) -> CommunityPage:
    """The community that looks after ``page``, of those that belong to one: a community's own page is its own."""
    return cast("CommunityPage", page if isinstance(page, CommunityPage) else page.community)


def communities_named(person: Viewer, page: Page, writes: frozenset[int]) -> frozenset[int | None]:
    """The communities that the row, the newest draft and the object at hand name; none where the row is another's.

    One query for each of the first few pages of a type, and then one for all that may be theirs: a list asks about
    every row.
    """
    at_hand = {page.__dict__["community_id"]} if "community_id" in page.__dict__ else set()
    if page.pk is None:
        return frozenset(at_hand)
    named = _asked_about(person, type(page)).named(page.pk, writes)
    return named | at_hand if named else named


@dataclass(slots=True)
class _AskedNames:
    """What one person object (that is, one request) was asked about the pages of one type."""

    model: type[Page]
    times: int = 0
    every: dict[int, frozenset[int | None]] | None = None

    def named(self, pk: int, writes: frozenset[int]) -> frozenset[int | None]:
        if self.every is None:
            self.times += 1
            if self.times <= FEW:
                return _named(self.model.objects.filter(pk=pk, community__in=writes)).get(pk, frozenset())
            self.every = _named(self.model.objects.filter(community__in=writes))
        return self.every.get(pk, frozenset())


def _asked_about(person: Viewer, model: type[Page]) -> _AskedNames:
    asked: dict[Any, _AskedNames] = person.__dict__.setdefault(_KNOWN, {})
    return asked.setdefault(model, _AskedNames(model))


def named_in(page: Page) -> frozenset[int | None]:
    """The communities that the row and the newest draft of ``page`` name, whoever asks; none of a new page."""
    return _named(type(page).objects.filter(pk=page.pk)).get(page.pk, frozenset()) if page.pk else frozenset()


def _named(pages: QuerySet[Any]) -> dict[int, frozenset[int | None]]:
    rows = pages.annotate(drafted=drafted_community())
    columns = ("pk", "community_id", "has_unpublished_changes", "latest_revision_id", "drafted")
    return {
        pk: frozenset({row, drafted or None} if has_draft and revision else {row})
        for pk, row, has_draft, revision, drafted in rows.values_list(*columns)
    }


def pages_of(kind: type[Page], keys: Collection[int]) -> QuerySet[Any]:
    """The pages of a type that name one of ``keys``, in their row and in their newest draft."""
    if issubclass(kind, CommunityPage):
        return kind.objects.filter(pk__in=keys)
    undrafted = Q(has_unpublished_changes=False) | Q(latest_revision__isnull=True)
    return kind.objects.filter(Q(community__in=keys) & (undrafted | Q(In(drafted_community(), list(keys)))))
