"""What communities allow in the editor: who has a capability writes what it is for, and nothing else.

A page names its community by a key, not by where it stands. Three things may name one: the live row, the newest draft,
and the object at hand, which may be an old version or what somebody just typed. A right holds where all of them agree.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from wagtail.models import Page, Workflow

from communities.approval import approvers
from communities.approval.workflow import community_workflow
from communities.models import CommunityContent, CommunityPage
from communities.writing import writable_communities
from communities.writing.naming import communities_named, content_pages, pages_of
from core.audiences import Viewer, community_pks, community_token, viewer_tokens

CHANGE = frozenset({"change", "copy"})
PUBLISH = frozenset({"publish", "unpublish", "lock", "unlock"})
OF_ITS_PAGE = frozenset({"change", "publish", "lock", "unlock"})
"""A community's own page is changed by those who may; whether there is a community is not theirs to say."""
LINK_KEPT_FOR = 60  # seconds


def index_models(model: type[Page]) -> Iterable[Any]:
    return model.allowed_parent_page_models()


class RightsOfCommunities:
    """``core.editing.rights.Rights``, from capabilities."""

    def anywhere(self, person: Viewer) -> frozenset[str]:
        actions: set[str] = set()
        if writable_communities.writes_in(person, CommunityPage):
            actions |= OF_ITS_PAGE
        for model in content_pages():
            actions |= {*CHANGE, "add", "delete"} if writable_communities.writes_in(person, model) else set()
            actions |= PUBLISH if writable_communities.publishes_in(person, model) else set()
        return frozenset(actions)

    def on(self, person: Viewer, page: Page) -> frozenset[str]:
        if isinstance(page, CommunityPage):
            return OF_ITS_PAGE if page.pk in writable_communities.writes_in(person, CommunityPage) else frozenset()
        model = type(page)
        if not isinstance(page, CommunityContent) or not (writes := writable_communities.writes_in(person, model)):
            return frozenset()
        named = communities_named(person, page, writes)
        if not named or not named <= writes:
            return frozenset()
        publishes = PUBLISH if named <= writable_communities.publishes_in(person, model) else frozenset()
        return CHANGE | {"delete"} | publishes

    def writes(self, person: Viewer, page: Page) -> bool:
        """A community's own page has a form of its own, on the page. Kept for a minute: it shows a link, no more."""
        key, model = getattr(page, "community_id", None), type(page)
        if key is None or community_token(key) not in viewer_tokens(person):
            return False
        name = f"communities.writes.{person.pk}.{key}.{model._meta.model_name}"
        return bool(cache.get_or_set(name, lambda: _has_a_link(person, model, key), LINK_KEPT_FOR))

    def below(self, person: Viewer, page: Page) -> frozenset[str]:
        actions: set[str] = set()
        for model in content_pages():
            if isinstance(page, tuple(index_models(model))):
                actions |= {"add"} if writable_communities.writes_in(person, model) else set()
                actions |= {"publish"} if approvers.publishes_at_once_in(person, model) else set()
        return frozenset(actions)

    def asks_first(self, person: Viewer, page: Page) -> bool:
        return approvers.asks_first(person, page)

    def workflow(self, page: Page) -> Workflow | None:
        """Of what names a community, and of the indexes below which somebody may make it."""
        indexes = tuple(index for model in content_pages() for index in index_models(model))
        names_one = isinstance(page, CommunityPage) or getattr(page, "community_id", None) is not None
        return community_workflow() if names_one or isinstance(page, indexes) else None

    def pages(self, person: Viewer, actions: Collection[str], model: type[Page] | None = None) -> Q:
        found = Q(pk__in=())
        for kind in [CommunityPage, *content_pages()]:
            if model is not None and not issubclass(kind, model):
                continue
            keys = self._keys(person, kind, actions)
            if keys:
                found |= Q(pk__in=pages_of(kind, keys).values("pk"))
        return found

    def indexes(self, person: Viewer) -> list[Page]:
        kinds = [kind for kind in [CommunityPage, *content_pages()] if writable_communities.writes_in(person, kind)]
        models = {index for kind in kinds for index in index_models(kind)}
        if not models:
            return []
        types = ContentType.objects.get_for_models(*models).values()
        return list(Page.objects.filter(content_type__in=types))

    def withheld(self, person: Viewer) -> frozenset[str]:
        """Of the communities that they belong to, and for which they write nothing."""
        mine = community_pks(viewer_tokens(person))
        writes = writable_communities.anywhere(person) if mine else frozenset()
        return frozenset(community_token(pk) for pk in mine if pk not in writes)

    def _keys(self, person: Viewer, kind: type[Page], actions: Collection[str]) -> frozenset[int]:
        if {"change", "copy", "delete"} & set(actions):
            return writable_communities.writes_in(person, kind)
        return writable_communities.publishes_in(person, kind) if PUBLISH & set(actions) else frozenset()


def _has_a_link(person: Viewer, model: type[Page], key: int) -> bool:
    """Where the door is closed, no link leads to it."""
    return writable_communities.writes_one(person, model, key) and writable_communities.enters_the_editor(person)
