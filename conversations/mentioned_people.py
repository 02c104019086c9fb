"""Whom the keys mean by which posts name people (``conversations.models.Mention``)."""

from collections.abc import Iterable

from communities.models import Holding


def meant_by(keys: Iterable[str]) -> dict[int, str]:
    """The people whom these keys mean now, each with the key by which they are named. A name goes before a role."""
    told: dict[int, str] = {}
    for key in sorted(set(keys)):  # “person” stands before “role”
        kind, *parts = key.split(":")
        people = [int(parts[0])] if kind == "person" else holders(*map(int, parts)) if kind == "role" else []
        told.update((person, key) for person in people if person not in told)
    return told


def holders(role: int, community: int) -> list[int]:
    """Those who hold a role in a community now."""
    held = Holding.objects.in_effect().filter(role=role, membership__community=community)
    return list(held.filter(membership__person__is_active=True).values_list("membership__person_id", flat=True))


def some_meant_by(keys: Iterable[str]) -> list[int]:
    """The holders of the roles among these keys, in one query; perhaps of some roles more, of the same communities."""
    pairs = [key.split(":")[1:] for key in keys if key.startswith("role:")]
    if not pairs:
        return []
    held = Holding.objects.in_effect().filter(role__in={role for role, _community in pairs})
    there = held.filter(membership__community__in={community for _role, community in pairs})
    return list(there.values_list("membership__person_id", flat=True))
