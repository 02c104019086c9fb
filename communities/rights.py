"""Who may do what in a community, and why: the one function that answers every question of rights.

``can`` answers for one person and one thing, in one query or two, with the reason in words. ``communities_where`` gives
every community in which somebody may do something, for lists and policies, in one query however many there are. Both
ask ``holds``. Django's ``has_perm`` gives the same answers (``communities.backends``).

Nothing is remembered between two questions: a grant or a role that ended a second ago has ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import reduce
from typing import Any

from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from communities import why
from communities.choices import Capability
from communities.models import CommunityContent, CommunityPage, Grant, Holding, Membership, Places
from core.audiences import Viewer
from core.editors import is_hub_team
from core.registry import Registry
from core.text import Words


class Basis(Enum):
    """What a right rests on."""

    NONE = "none"
    ROLE = "role"
    GRANT = "grant"
    HUB_TEAM = "hub team"


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why. ``ask`` says whom to ask after a no; ``role`` is whose a yes is."""

    basis: Basis
    because: Words
    ask: Words = ""
    role: str = ""

    def __bool__(self) -> bool:
        return self.basis is not Basis.NONE

    @property
    def is_own(self) -> bool:
        """Whether the person has the right as a member, and not because they run the hub."""
        return self.basis in {Basis.ROLE, Basis.GRANT}

    @property
    def makes_a_steward(self) -> bool:
        """Whether whoever manages members so is a steward (``Membership.objects.stewards``): by a role's catalogue."""
        return self.basis is Basis.ROLE


# -- where a thing belongs ---------------------------------------------------------------------------------------------
BELONGINGS: Registry[str] = Registry("paths from a thing to its community", taken_by="communities")


def belongs_by(model: type[Model], path: str) -> None:
    """Say how things of ``model``, and of models derived from it, lead to their community: ``surgery__community``."""
    BELONGINGS.add(model._meta.label, path)


belongs_by(CommunityContent, "community")
belongs_by(Membership, "community")
belongs_by(Grant, "community")


def community_of(subject: object) -> CommunityPage | None:
    """The community that ``subject`` is or belongs to, as the object at hand says: of a draft that is the draft's."""
    if isinstance(subject, CommunityPage):
        return subject
    labels = (base._meta.label for base in type(subject).__mro__ if hasattr(base, "_meta"))
    path = next((path for label in labels if (path := BELONGINGS.get(label))), None)
    found = reduce(lambda thing, step: getattr(thing, step, None), path.split("__"), subject) if path else None
    return found if isinstance(found, CommunityPage) else None


# -- who has a right ---------------------------------------------------------------------------------------------------
def holds(capability: str, at: datetime | None = None) -> Q:
    """Which memberships give ``capability`` at a moment, as a filter to be combined with others."""
    return _by_role(capability, at) | Q(Exists(_granted(capability, at)))


def _by_role(capability: str, at: datetime | None) -> Q:
    """Where a role of theirs that is in effect then says so."""
    return Q(Exists(_roles(capability, at)))


def _roles(capability: str, at: datetime | None) -> QuerySet[Holding]:
    """The roles in effect that give it to whoever has the membership, highest first."""
    held = Holding.objects.in_effect(at).filter(membership=OuterRef("pk"), role__capabilities__holds=capability)
    found: QuerySet[Holding] = held.order_by("role__rank", "role__name")
    return found


def _granted(capability: str, at: datetime | None) -> QuerySet[Grant]:
    """The grants in force that give it to whoever has the membership: to every member, or to a role of theirs."""
    held = Holding.objects.in_effect(at).filter(membership=OuterRef(OuterRef("pk")), role=OuterRef("role"))
    in_force: QuerySet[Grant] = Grant.objects.in_force(at).filter(Q(role=None) | Q(Exists(held)))
    return in_force.filter(community=OuterRef("community"), capability=capability)


def memberships_with(capability: str, at: datetime | None = None) -> QuerySet[Membership]:
    """The memberships that give ``capability``, whoever's they are."""
    return Membership.objects.active(at).filter(holds(capability, at))


def own_communities_where(person: Viewer, capability: str, at: datetime | None = None) -> QuerySet[Membership, int]:
    """The keys of the communities in which ``person`` has the right as a member, as a query to build on."""
    mine = memberships_with(capability, at).filter(person=person.pk if _is_here(person) else None)
    return mine.order_by().values_list("community_id", flat=True)


def communities_where(person: Viewer, capability: str, at: datetime | None = None) -> QuerySet[CommunityPage]:
    """Every community in which ``person`` may do it; all of them for the hub team."""
    communities: QuerySet[CommunityPage] = CommunityPage.objects.all()
    if is_hub_team(person):
        return communities
    return communities.filter(pk__in=own_communities_where(person, capability, at))


def can(person: Viewer, capability: str, subject: object, at: datetime | None = None) -> Answer:
    """May ``person`` do this with ``subject`` (a community, or what belongs to one), and why?

    Who may see a thing is another question (``core.audiences``): whoever runs the hub may name the facilitators of a
    community that is closed to them.
    """
    return answers(person, [Capability(capability)], community_of(subject), at)[Capability(capability)]


def answers(
    person: Viewer, asked: Iterable[Capability], community: CommunityPage | None, at: datetime | None = None
) -> dict[Capability, Answer]:
    """The same for several capabilities, in one query, and one more where a grant is the reason."""
    if not _is_here(person):
        return {each: Answer(Basis.NONE, *why.A_STRANGER) for each in asked}
    found = _rests_on(person, asked, community, at) if community is not None else {}
    return {each: found.get(each) or _without(person, each, community) for each in asked}


def _without(person: Viewer, capability: str, community: CommunityPage | None) -> Answer:
    """The answer where nothing in the community gives the right."""
    if is_hub_team(person):
        return Answer(Basis.HUB_TEAM, why.HUB_TEAM)
    return Answer(Basis.NONE, *why.not_allowed(person, capability, community))


def _rests_on(
    person: Viewer, asked: Iterable[Capability], community: CommunityPage, at: datetime | None
) -> dict[Capability, Answer]:
    """What the person's membership gives: by a role, or else by a grant."""
    found = _standing(person, asked, community, at)
    if not any(part == _MEMBER for part, *_rest in found):
        return {}
    roles = sorted((rank, name, key, given) for part, key, name, rank, given in found if part == _ROLE)
    held = {key for _rank, _name, key, _given in roles}
    by_role = {each: next((name for _r, name, _k, given in roles if f",{each}," in given), "") for each in asked}
    granted = sorted((key, name) for part, key, name, role, _given in found if part == _GRANT and role in {0, *held})
    keys = {each: next((key for key, name in granted if name == each), 0) for each in asked if not by_role[each]}
    grants = Grant.objects.select_related("role").in_bulk(filter(None, keys.values())) if any(keys.values()) else {}
    return {
        **{each: _by_role_called(name, community) for each, name in by_role.items() if name},
        **{each: _under(grants[key], community) for each, key in keys.items() if key},
    }


def _by_role_called(name: str, community: CommunityPage) -> Answer:
    return Answer(Basis.ROLE, why.by_role(name, community), role=name)


def _under(grant: Grant, community: CommunityPage) -> Answer:
    return Answer(Basis.GRANT, why.by_grant(grant, community), role=str(grant.role or ""))


def grant_behind(person: Viewer, capability: str, community: CommunityPage) -> Grant | None:
    """The grant in force that gives it to ``person``, also where a role of theirs does so as well."""
    roles = Holding.objects.in_effect().filter(membership__person=person.pk, membership__community=community.pk)
    in_force = Grant.objects.in_force().filter(community=community.pk, capability=capability)
    granted: QuerySet[Grant] = in_force.filter(Q(role=None) | Q(role__in=roles.values("role")))
    return granted.select_related("role").order_by("pk").first()


_MEMBER, _ROLE, _GRANT = range(3)
Row = tuple[int, int, str, int, str]


def _standing(person: Viewer, asked: Iterable[Capability], community: CommunityPage, at: datetime | None) -> list[Row]:
    """The membership, its roles in effect and the community's grants in force, as three parts of one query.

    Pages ask this each time. A subquery for each capability took longer to put together than all else on such a page.
    """
    here = {"person": person.pk, "community": community.pk}
    mine = Membership.objects.active(at).filter(**here)
    held = Holding.objects.in_effect(at).filter(**{f"membership__{name}": key for name, key in here.items()})
    grants = Grant.objects.in_force(at).filter(community=community.pk, capability__in=list(asked))
    parts = (
        _part(mine, _MEMBER, "pk"),
        _part(held, _ROLE, "role_id", "role__name", "role__rank", "role__capabilities"),
        _part(grants, _GRANT, "pk", "capability", Coalesce("role_id", 0)),
    )
    first, *others = parts
    return list(first.union(*others, all=True))


NOTHING, ZERO = Value(""), Value(0)


def _part(
    rows: QuerySet[Any], part: int, key: str, name: Any = NOTHING, number: Any = ZERO, more: Any = NOTHING
) -> QuerySet[Any, Any]:
    """One part of it, with the columns that all parts have."""
    count, text = BigIntegerField(), TextField()
    columns = (Value(part, count), Cast(key, count), Cast(name, text), Cast(number, count), Cast(more, text))
    return rows.order_by().values_list(*columns)


def _is_here(person: Viewer) -> bool:
    return bool(person.is_authenticated and person.is_active)


# -- using a right -----------------------------------------------------------------------------------------------------
class NotAllowed(Exception):
    """Somebody lacks a right; ``answer`` says why, and whom to ask."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(f"{answer.because} {answer.ask}")


def refusal(person: Viewer, capability: str, community: CommunityPage | None) -> Answer:
    """A no, whatever else they may do: of a question that asks for more than one capability."""
    return Answer(Basis.NONE, *why.not_allowed(person, capability, community))


def lock(community: CommunityPage) -> None:
    """Lock the community's row of places, so that concurrent changes run one after another."""
    Places.objects.select_for_update().filter(community=community.pk).first()


def require(person: Viewer, capability: str, subject: object) -> Answer:
    """For services: ask inside the transaction of the change, and raise ``NotAllowed`` for a no.

    Whoever takes a role or a grant away locks the community, too. So a right is used before it is taken away, or not.
    """
    if (community := community_of(subject)) is not None:
        lock(community)
    if not (answer := can(person, capability, subject)):
        raise NotAllowed(answer)
    return answer
