"""What the lists of the editor show to somebody: where Wagtail asks nobody, the same is asked here."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from core.audiences import Viewer, Visible
from core.editing.access import only_numbers, without_closed

ANY = ("add", "change", "delete", "view")


def theirs(model: type[Model], person: Viewer) -> QuerySet[Any] | None:
    """The things of ``model`` that ``person`` may find in the editor; ``None`` where their groups alone say so."""
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        pages: QuerySet[Any] = policy.explorable_instances(person)
        return pages
    if issubclass(model, Collection):
        collections: QuerySet[Any] = policy.instances_user_has_any_permission_for(person, ANY)
        return collections
    if issubclass(model, Visible):
        return without_closed(policy.instances_user_has_any_permission_for(person, ANY), person)
    return None


def not_theirs_among(model: type[Model], pks: Iterable[Any], person: Viewer) -> set[str]:
    """Which of ``pks`` ``person`` would find in no list, as strings, in one query. What is no number names nothing."""
    numbers = only_numbers(pks)
    found = theirs(model, person) if numbers else None
    if found is None:
        return set()
    return {str(pk) for pk in numbers} - {str(pk) for pk in found.filter(pk__in=numbers).values_list("pk", flat=True)}
