"""Who may see whom, beside the audience that each person chose."""

from typing import Any

from django.db.models import Q

from hub.audiences import person_token


def shown_address(viewer: Any, person: Any) -> str:
    """Where ``viewer``, who may see ``person``, may write to them: nothing for strangers, or without an address."""
    return str(person.email or "") if viewer.is_authenticated else ""


def own_tokens(person: Any) -> list[str]:
    """The token that is ``person``'s alone."""
    return [person_token(person.pk)]


def themselves(viewer: Any, tokens: frozenset[str]) -> Q:
    """Everybody sees themselves, on their page and in search, however few others do."""
    return Q(pk=viewer.pk) if viewer.is_authenticated and person_token(viewer.pk) in tokens else Q(pk__in=())
