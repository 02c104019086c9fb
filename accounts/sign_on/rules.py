"""The operator's rules: whom a provider may speak for, and what somebody becomes who comes from it.

A condition is ``everybody``, ``domain:withermere.gov.example`` for the address, or ``claim:value`` for something that
the provider says of the person, such as ``groups:hub-staff``. A claim within another is ``realm_access.roles``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

EVERYBODY, DOMAIN, CLAIM = "everybody", "domain", "claim"
KINDS = ("staff", "partner", "resident")
TRUE = (True, 1, "true", "True", "1")
"""What providers write for yes. Some send text, and the text "false" is no yes."""

Claims = Mapping[str, Any]
Said = Mapping[str, Any]


def is_condition(condition: str) -> bool:
    claim, _colon, value = condition.rpartition(":")
    return condition == EVERYBODY or bool(claim and value)


def kind_for(said: Said, email: str, claims: Claims) -> str | None:
    """What the rules make of somebody: the first kind of which one condition holds, or nothing."""
    return next((kind for kind in KINDS if any(_holds(one, email, claims) for one in said["rules"][kind])), None)


def is_proved(said: Said, claims: Claims) -> bool:
    """Whether the provider says, in the claim that the operator named, that the address is the person's."""
    return claims.get(said["verified_claim"]) in TRUE


def may_speak_for(said: Said, email: str) -> bool:
    """Whether addresses like this one are the provider's to prove; ``*`` stands for all."""
    return "*" in said["domains"] or domain_of(email) in said["domains"]


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _holds(condition: str, email: str, claims: Claims) -> bool:
    if condition == EVERYBODY:
        return True
    claim, _colon, value = condition.rpartition(":")
    if claim == DOMAIN:
        return domain_of(email) == value.lower().lstrip("@")
    return value in _values(claims, claim)


def _values(claims: Claims, name: str) -> list[str]:
    """What a claim holds, as a list of texts; nothing where it is not there."""
    held: object = claims.get(name)
    if held is None and "." in name:
        held = claims
        for part in name.split("."):
            held = held.get(part) if isinstance(held, Mapping) else None
    if isinstance(held, str):
        return [held]
    return [str(one) for one in held] if isinstance(held, Iterable) and not isinstance(held, Mapping) else []
