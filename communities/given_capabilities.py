"""What somebody's membership of one community gives them: roles in effect, and the grants in force that reach them.

It is read in one query of three plain parts. Asked capability by capability, each with subqueries of its own, the same
took Django fifty milliseconds to put together, for each page of a community. Whether somebody has the qualifications
that a role demands is asked only where they hold a role that demands any: few do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet, Value

from communities.choices import Capability
from communities.models import CommunityPage, Grant, Holding, Membership, Role
from communities.models.role_querysets import HoldingQuerySet
from core.audiences import Viewer

_MEMBER, _ROLE, _GRANT = range(3)
_ROLE_COLUMNS = {"key": "role_id", "rank": "role__rank", "name": "role__name", "gives": "role__capabilities"}
Reason = TypeVar("Reason")


@dataclass(frozen=True, slots=True)
class GivenCapabilities:
    """For each capability that a membership gives: the name of the highest role, or else the key of the first grant."""

    by_role: Mapping[Capability, str]
    by_grant: Mapping[Capability, int]

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset((*self.by_role, *self.by_grant))


def given_to(person: Viewer, community: CommunityPage, at: datetime | None = None) -> GivenCapabilities:
    """What ``person`` has as a member of ``community`` at a moment; nothing where they are no active member."""
    rows = list(_rows(person, community, at))
    if not any(kind == _MEMBER for kind, *_rest in rows):
        return GivenCapabilities({}, {})
    if any(demands for *_rest, demands in rows):
        rows = [row for row in rows if row[0] != _ROLE]
        rows += _of(_ROLE, _held(person, community).in_effect(at), **_ROLE_COLUMNS)
    roles = sorted((rank, name, key, gives) for kind, key, rank, name, gives, *_rest in rows if kind == _ROLE)
    held = {key for _rank, _name, key, _capabilities in roles}
    grants = sorted((key, to, gives) for kind, to, _rank, _name, gives, key, _demands in rows if kind == _GRANT)
    by_role = _first((each, name) for _rank, name, _key, capabilities in roles for each in capabilities)
    by_grant = _first((each, key) for key, to, given in grants if to is None or to in held for each in given)
    return GivenCapabilities(by_role, {each: key for each, key in by_grant.items() if each not in by_role})


def _rows(person: Viewer, community: CommunityPage, at: datetime | None) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of (what it is, role, rank, name, capabilities, grant, whether the role demands a qualification)."""
    demanded = Role.qualifications.through.objects.filter(role=OuterRef("role_id"))
    held = _held(person, community).accepted(at)
    roles = _of(_ROLE, held, **_ROLE_COLUMNS, demands=Exists(demanded))
    member = Membership.objects.active(at).filter(person=person.pk, community=community.pk)
    granted = Grant.objects.in_force(at).filter(community=community.pk)
    grants = _of(_GRANT, granted, key="role_id", gives="capability", grant="pk")
    return roles.union(_of(_MEMBER, member), grants, all=True)


def _held(person: Viewer, community: CommunityPage) -> HoldingQuerySet:
    return Holding.objects.filter(membership__person=person.pk, membership__community=community.pk)


def _of(kind: int, rows: QuerySet[Any], **columns: str | Exists) -> QuerySet[Any, tuple[Any, ...]]:
    """One part of the query, with nothing in the columns that are others'."""
    empty = {"key": Value(0), "rank": Value(0), "name": Value(""), "gives": Value(""), "grant": Value(0)}
    empty["demands"] = Value(False)
    return rows.order_by().values_list(Value(kind), *(columns.get(name, nothing) for name, nothing in empty.items()))


def _first(pairs: Iterable[tuple[Capability, Reason]]) -> dict[Capability, Reason]:
    """The first of each capability."""
    found: dict[Capability, Reason] = {}
    for capability, reason in pairs:
        found.setdefault(capability, reason)
    return found
