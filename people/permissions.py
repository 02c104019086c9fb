"""Who may see whom, beside the audience that each person chose."""

from typing import Any

from django.db.models import Q

from hub.audiences import person_token


def own_tokens(person: Any) -> list[str]:
    """The token that is ``person``'s alone."""
    return [person_token(person.pk)]


def themselves(viewer: Any, tokens: frozenset[str]) -> Q:
    """Everybody sees themselves, on their page and in search, however few others do."""
    return Q(pk=viewer.pk) if viewer.is_authenticated and person_token(viewer.pk) in tokens else Q(pk__in=())
