"""What rooms above allow in the editor, beside what Wagtail's groups do.

Wagtail keeps rights as rows for parts of the tree. What a community looks after stands in the same parts as what others
do, so that a room above says who may do what with it, and what its own things are.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Q
from wagtail.models import Page, Workflow
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.audiences import Viewer
from core.registry import Registry

NOTHING: frozenset[str] = frozenset()
EXPLORED = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
"""Whoever may do one of these with a page finds it in the explorer, as in Wagtail."""


class Rights(Protocol):
    """One answer for each way in which Wagtail asks. Actions are called as Wagtail calls them."""

    def anywhere(self, person: Viewer) -> frozenset[str]:
        """The actions that ``person`` has on any page at all."""

    def on(self, person: Viewer, page: Page) -> frozenset[str]:
        """The actions that ``person`` has on ``page``, in every place that its row, its draft and this object name."""

    def writes(self, person: Viewer, page: Page) -> bool:
        """Whether ``page``, as readers see it, is one that ``person`` writes: for a link to the editor."""

    def below(self, person: Viewer, page: Page) -> frozenset[str]:
        """What ``person`` may do below an index: add, and publish. Nothing follows for the index itself."""

    def asks_first(self, person: Viewer, page: Page) -> bool:
        """Whether what ``person`` writes on ``page`` needs somebody else's word before readers see it."""

    def workflow(self, page: Page) -> Workflow | None:
        """The workflow in which others agree to it; ``None`` where Wagtail's tree says which."""

    def pages(self, person: Viewer, actions: Collection[str], model: type[Page] | None = None) -> Q:
        """The pages, of one type or of all, on which ``person`` has one of ``actions``: a subquery a page type."""

    def indexes(self, person: Viewer) -> Any:
        """The index pages through which ``person`` finds them."""

    def withheld(self, person: Viewer) -> frozenset[str]:
        """Tokens that open nothing in the editor: belonging to a community is no right to write for it."""


RIGHTS: Registry[Rights] = Registry("who may do what in the editor", taken_by="core")
_policy = PagePermissionPolicy()


def is_of_someone(person: Viewer) -> bool:
    """Whether rights of ``person`` need to be looked up: whoever runs the hub has them all."""
    return bool(person.is_authenticated and person.is_active and not person.is_superuser)


def anywhere(person: Viewer) -> frozenset[str]:
    return NOTHING.union(*(rights.anywhere(person) for rights in RIGHTS)) if is_of_someone(person) else NOTHING


def on(person: Viewer, page: Page) -> frozenset[str]:
    return NOTHING.union(*(rights.on(person, page) for rights in RIGHTS)) if is_of_someone(person) else NOTHING


def writes(person: Viewer, page: Page) -> bool:
    return any(rights.writes(person, page) for rights in RIGHTS)


def below(person: Viewer, page: Page) -> frozenset[str]:
    return NOTHING.union(*(rights.below(person, page) for rights in RIGHTS)) if is_of_someone(person) else NOTHING


def asks_first(person: Viewer, page: Page) -> bool:
    return any(rights.asks_first(person, page) for rights in RIGHTS)


def workflow(page: Page) -> Workflow | None:
    return next((found for rights in RIGHTS if (found := rights.workflow(page))), None)


def pages(person: Viewer, actions: Collection[str], model: type[Page] | None = None) -> Q:
    none = Q(pk__in=())
    return reduce(or_, (rights.pages(person, actions, model) for rights in RIGHTS), none) if actions else none


def indexes(person: Viewer) -> list[Page]:
    return [page for rights in RIGHTS for page in rights.indexes(person)] if is_of_someone(person) else []


def withheld(person: Viewer) -> frozenset[str]:
    if not person.is_authenticated:
        return NOTHING
    return NOTHING.union(*(rights.withheld(person) for rights in RIGHTS))


def unseen_drafts(person: Viewer, model: type[Page]) -> Q | None:
    """Pages of ``model`` that are not live and on which ``person`` may do nothing: to them there is no such page.

    ``None`` where there can be none, as for whoever runs the hub.
    """
    if not is_of_someone(person):
        return None
    places = {row.page.path for row in _policy.get_cached_permissions_for_user(person)}
    if any(len(path) <= Page.steplen for path in places):
        return None
    below_them = reduce(or_, (Q(path__startswith=path) for path in places), Q(pk__in=()))
    return Q(live=False) & ~below_them & ~pages(person, EXPLORED, model)
