"""What the lists of the editor show to somebody: where Wagtail asks nobody, the same is asked here."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from core.audiences import Viewer, Visible
from core.editing.access import closed_among, only_numbers, without_closed

ANY = ("add", "change", "delete", "view")


def theirs(model: type[Model], person: Viewer) -> QuerySet[Any] | None:
    """The things of ``model`` that ``person`` may find in the editor; ``None`` where their groups alone say so."""
    found = _within_reach(model, person)
    return found if found is None or issubclass(model, Collection) else without_closed(found, person)


def _within_reach(model: type[Model], person: Viewer) -> QuerySet[Any] | None:
    """As ``theirs``, with what is closed to ``person`` where the model's policy leaves that out by itself."""
    policy, found = policy_registry.get_by_type(model), None
    if issubclass(model, Page):
        found = getattr(policy, "within_reach", policy.explorable_instances)(person)
    elif issubclass(model, Collection | Visible):
        found = getattr(policy, "within_reach", policy.instances_user_has_any_permission_for)(person, ANY)
    return found


def beyond_reach_among(model: type[Model], pks: Iterable[Any], person: Viewer) -> set[str]:
    """Which of ``pks`` ``person`` would find in no list even if nothing were closed to them, as strings, in one query.
    What is no number names nothing.
    """
    numbers = only_numbers(pks)
    found = _within_reach(model, person) if numbers else None
    if found is None:
        return set()
    return {str(pk) for pk in numbers} - {str(pk) for pk in found.filter(pk__in=numbers).values_list("pk", flat=True)}


def not_theirs_among(model: type[Model], pks: Iterable[Any], person: Viewer) -> set[str]:
    """Which of ``pks`` ``person`` would find in no list, as strings."""
    pks = list(pks)
    return beyond_reach_among(model, pks, person) | closed_among(model, pks, person)
