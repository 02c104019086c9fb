"""What communities allow in the editor: who has a capability writes what it is for, and nothing else.

A page names its community by a key, not by where it stands. Three things may name one: the live row, the newest draft,
and the object at hand, which may be an old version or what somebody just typed. A right holds where all of them agree.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.db.models.lookups import In
from wagtail.models import Page

from communities.editor import where
from communities.models import CommunityContent, CommunityPage
from communities.models.content import drafted_community
from core.audiences import Viewer, community_pks, community_token, viewer_tokens
from core.editing.access import FEW

CHANGE = frozenset({"change", "copy"})
PUBLISH = frozenset({"publish", "unpublish", "lock", "unlock"})
OF_ITS_PAGE = frozenset({"change", "publish", "lock", "unlock"})
"""A community's own page is changed by those who may; whether there is a community is not theirs to say."""
_KNOWN = "_communities_named"
LINK_KEPT_FOR = 60  # seconds


def content_pages() -> list[Any]:
    """Every page type that names a community."""
    return [model for model in CommunityContent.models() if issubclass(model, Page)]


def index_models(model: type[Page]) -> Iterable[Any]:
    return model.allowed_parent_page_models()


class RightsOfCommunities:
    """``core.editing.rights.Rights``, from capabilities."""

    def anywhere(self, person: Viewer) -> frozenset[str]:
        actions: set[str] = set()
        if where.writes_in(person, CommunityPage):
            actions |= OF_ITS_PAGE
        for model in content_pages():
            actions |= {*CHANGE, "add", "delete"} if where.writes_in(person, model) else set()
            actions |= PUBLISH if where.publishes_in(person, model) else set()
        return frozenset(actions)

    def on(self, person: Viewer, page: Page) -> frozenset[str]:
        if isinstance(page, CommunityPage):
            return OF_ITS_PAGE if page.pk in where.writes_in(person, CommunityPage) else frozenset()
        model = type(page)
        if not isinstance(page, CommunityContent) or not (writes := where.writes_in(person, model)):
            return frozenset()
        named = communities_named(person, page, writes)
        if not named or not named <= writes:
            return frozenset()
        publishes = PUBLISH if named <= where.publishes_in(person, model) else frozenset()
        return CHANGE | {"delete"} | publishes

    def writes(self, person: Viewer, page: Page) -> bool:
        """A community's own page has a form of its own, on the page. Kept for a minute: it shows a link, no more."""
        key, model = getattr(page, "community_id", None), type(page)
        if key is None or community_token(key) not in viewer_tokens(person):
            return False
        name = f"communities.writes.{person.pk}.{key}.{model._meta.model_name}"
        return bool(cache.get_or_set(name, lambda: where.writes_one(person, model, key), LINK_KEPT_FOR))

    def below(self, person: Viewer, page: Page) -> frozenset[str]:
        actions: set[str] = set()
        for model in content_pages():
            if isinstance(page, tuple(index_models(model))):
                actions |= {"add"} if where.writes_in(person, model) else set()
                actions |= {"publish"} if where.publishes_in(person, model) else set()
        return frozenset(actions)

    def pages(self, person: Viewer, actions: Collection[str], model: type[Page] | None = None) -> Q:
        found = Q(pk__in=())
        for kind in [CommunityPage, *content_pages()]:
            if model is not None and not issubclass(kind, model):
                continue
            keys = self._keys(person, kind, actions)
            if keys:
                found |= Q(pk__in=_of(kind, keys).values("pk"))
        return found

    def indexes(self, person: Viewer) -> list[Page]:
        kinds = [kind for kind in [CommunityPage, *content_pages()] if where.writes_in(person, kind)]
        models = {index for kind in kinds for index in index_models(kind)}
        if not models:
            return []
        types = ContentType.objects.get_for_models(*models).values()
        return list(Page.objects.filter(content_type__in=types))

    def withheld(self, person: Viewer) -> frozenset[str]:
        """Of the communities that they belong to, and for which they write nothing."""
        mine = community_pks(viewer_tokens(person))
        writes = where.anywhere(person) if mine else frozenset()
        return frozenset(community_token(pk) for pk in mine if pk not in writes)

    def _keys(self, person: Viewer, kind: type[Page], actions: Collection[str]) -> frozenset[int]:
        if {"change", "copy", "delete"} & set(actions):
            return where.writes_in(person, kind)
        return where.publishes_in(person, kind) if PUBLISH & set(actions) else frozenset()


# -- which communities a page names ------------------------------------------------------------------------------------
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
class _Asked:
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


def _asked_about(person: Viewer, model: type[Page]) -> _Asked:
    asked: dict[Any, _Asked] = person.__dict__.setdefault(_KNOWN, {})
    return asked.setdefault(model, _Asked(model))


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


def _of(kind: type[Page], keys: frozenset[int]) -> QuerySet[Any]:
    """The pages of a type that name one of ``keys``, in their row and in their newest draft."""
    if issubclass(kind, CommunityPage):
        return kind.objects.filter(pk__in=keys)
    undrafted = Q(has_unpublished_changes=False) | Q(latest_revision__isnull=True)
    return kind.objects.filter(Q(community__in=keys) & (undrafted | Q(In(drafted_community(), list(keys)))))
