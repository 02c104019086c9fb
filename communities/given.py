"""What somebody's membership of one community gives them: roles in effect, and the grants in force that reach them.

It is read in one query of three plain parts. Asked capability by capability, each with subqueries of its own, the same
took Django fifty milliseconds to put together, for each page of a community.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet, Value

from communities.choices import Capability
from communities.models import CommunityPage, Grant, Holding, Membership
from core.audiences import Viewer

_MEMBER, _ROLE, _GRANT = range(3)
Reason = TypeVar("Reason")


@dataclass(frozen=True, slots=True)
class Given:
    """For each capability that a membership gives: the name of the highest role, or else the key of the first grant."""

    by_role: Mapping[Capability, str]
    by_grant: Mapping[Capability, int]

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset((*self.by_role, *self.by_grant))


def given_to(person: Viewer, community: CommunityPage, at: datetime | None = None) -> Given:
    """What ``person`` has as a member of ``community`` at a moment; nothing where they are no active member."""
    rows = list(_rows(person, community, at))
    if not any(kind == _MEMBER for kind, *_rest in rows):
        return Given({}, {})
    roles = sorted((rank, name, key, capabilities) for kind, key, rank, name, capabilities, _ in rows if kind == _ROLE)
    held = {key for _rank, _name, key, _capabilities in roles}
    grants = sorted((key, to, given) for kind, to, _rank, _name, given, key in rows if kind == _GRANT)
    by_role = _first((each, name) for _rank, name, _key, capabilities in roles for each in capabilities)
    by_grant = _first((each, key) for key, to, given in grants if to is None or to in held for each in given)
    return Given(by_role, {each: key for each, key in by_grant.items() if each not in by_role})


def _rows(person: Viewer, community: CommunityPage, at: datetime | None) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of (what it is, role, rank, name, capabilities, grant)."""
    held = Holding.objects.in_effect(at).filter(membership__person=person.pk, membership__community=community.pk)
    roles = _of(_ROLE, held, key="role_id", rank="role__rank", name="role__name", gives="role__capabilities")
    member = Membership.objects.active(at).filter(person=person.pk, community=community.pk)
    granted = Grant.objects.in_force(at).filter(community=community.pk)
    grants = _of(_GRANT, granted, key="role_id", gives="capability", grant="pk")
    return roles.union(_of(_MEMBER, member), grants, all=True)


def _of(kind: int, rows: QuerySet[Any], **columns: str) -> QuerySet[Any, tuple[Any, ...]]:
    """One part of the query, with nothing in the columns that are others'."""
    empty = {"key": Value(0), "rank": Value(0), "name": Value(""), "gives": Value(""), "grant": Value(0)}
    return rows.order_by().values_list(Value(kind), *(columns.get(name, nothing) for name, nothing in empty.items()))


def _first(pairs: Iterable[tuple[Capability, Reason]]) -> dict[Capability, Reason]:
    """The first of each capability."""
    found: dict[Capability, Reason] = {}
    for capability, reason in pairs:
        found.setdefault(capability, reason)
    return found
