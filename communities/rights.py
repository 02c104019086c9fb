"""Who may do what in a community, and why: the one function that answers every question of rights.

``can`` answers for one person and one thing, in one query or two, with the reason in words. ``communities_where`` gives
every community in which somebody may do something, for lists and policies, in one query however many there are.
Django's ``has_perm`` gives the same answers (``communities.backends``).

The rule (roles in effect, and grants in force to every member or to such a role) stands in four shapes. None serves the
others' questions in as few queries, and tables of tests hold them together (tests/communities/test_given.py and
test_where_one_writes.py):

- ``given_capabilities.given_to``: one person in one community, all capabilities with their reasons. One flat query.
- ``holds``: which of many memberships have a capability. It has to be a filter, since others build on it.
- ``writing.writable_communities``: one person in all communities, for the editor's few capabilities. One flat query;
  ``holds`` for each capability would be twenty subqueries.
- ``grants_behind``: the grants themselves, also where a role gives the same. The others keep one reason for each.

Nothing is remembered between two questions: a grant or a role that ended a second ago has ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import reduce
from operator import or_

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from communities import rights_reasons
from communities.choices import Capability
from communities.ended_rights import why_ended
from communities.given_capabilities import given_to
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
class RightsAnswer:
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
def holds(*capabilities: str, at: datetime | None = None) -> Q:
    """Which memberships give one of ``capabilities`` at a moment, as a filter to be combined with others."""
    if not capabilities:
        return Q(pk__in=())
    return Q(Exists(_roles(capabilities, at))) | Q(Exists(_granted(capabilities, at)))


def _roles(capabilities: Sequence[str], at: datetime | None) -> QuerySet[Holding]:
    """The roles in effect that give one of them to whoever has the membership."""
    gives = reduce(or_, (Q(role__capabilities__holds=each) for each in capabilities))
    found: QuerySet[Holding] = Holding.objects.in_effect(at).filter(gives, membership=OuterRef("pk"))
    return found


def _granted(capabilities: Sequence[str], at: datetime | None) -> QuerySet[Grant]:
    """The grants in force that give one to whoever has the membership: to every member, or to a role of theirs."""
    held = Holding.objects.in_effect(at).filter(membership=OuterRef(OuterRef("pk")), role=OuterRef("role"))
    in_force: QuerySet[Grant] = Grant.objects.in_force(at).filter(Q(role=None) | Q(Exists(held)))
    return in_force.filter(community=OuterRef("community"), capability__in=capabilities)


def memberships_with(*capabilities: str, at: datetime | None = None) -> QuerySet[Membership]:
    """The memberships that give one of ``capabilities``, whoever's they are."""
    return Membership.objects.active(at).filter(holds(*capabilities, at=at))


def own_communities_where(person: Viewer, *capabilities: str, at: datetime | None = None) -> QuerySet[Membership, int]:
    """The keys of the communities in which ``person`` has one of these rights as a member, as a query to build on."""
    mine = memberships_with(*capabilities, at=at).filter(person=person.pk if _is_here(person) else None)
    return mine.order_by().values_list("community_id", flat=True)


def communities_where(person: Viewer, capability: str, at: datetime | None = None) -> QuerySet[CommunityPage]:
    """Every community in which ``person`` may do it; all of them for the hub team."""
    communities: QuerySet[CommunityPage] = CommunityPage.objects.all()
    if is_hub_team(person):
        return communities
    return communities.filter(pk__in=own_communities_where(person, capability, at=at))


def can(person: Viewer, capability: str, subject: object, at: datetime | None = None) -> RightsAnswer:
    """May ``person`` do this with ``subject`` (a community, or what belongs to one), and why?

    Who may see a thing is another question (``core.audiences``): whoever runs the hub may name the facilitators of a
    community that is closed to them.
    """
    return answers(person, [Capability(capability)], community_of(subject), at)[Capability(capability)]


def can_any(person: Viewer, capabilities: Sequence[str], subject: object) -> RightsAnswer:
    """By the first of ``capabilities`` that they have; else why they have not got the first one."""
    asked = [Capability(each) for each in capabilities]
    found = answers(person, asked, community_of(subject))
    return next((found[each] for each in asked if found[each]), found[asked[0]])


def answers(
    person: Viewer, asked: Iterable[Capability], community: CommunityPage | None, at: datetime | None = None
) -> dict[Capability, RightsAnswer]:
    """The same for several capabilities, in one query, and one more where a grant is the reason."""
    if not _is_here(person):
        return {each: RightsAnswer(Basis.NONE, *rights_reasons.A_STRANGER) for each in asked}
    found = _rests_on(person, asked, community, at) if community is not None else {}
    facts = rights_reasons.Facts(person, community)
    return {each: found.get(each) or _without(each, facts) for each in asked}


def _without(capability: str, facts: rights_reasons.Facts) -> RightsAnswer:
    """The answer where nothing in the community gives the right."""
    if is_hub_team(facts.person):
        return RightsAnswer(Basis.HUB_TEAM, rights_reasons.HUB_TEAM)
    return RightsAnswer(Basis.NONE, *rights_reasons.not_allowed(capability, facts))


def _rests_on(
    person: Viewer, asked: Iterable[Capability], community: CommunityPage, at: datetime | None
) -> dict[Capability, RightsAnswer]:
    """What the person's membership gives: by a role, or else by a grant."""
    given = given_to(person, community, at)
    by_grant = given.by_grant
    keys = {each: by_grant[each] for each in asked if each in by_grant}
    grants = Grant.objects.select_related("role").in_bulk(keys.values()) if keys else {}
    by_role = {each: given.by_role[each] for each in asked if each in given.by_role}
    return {
        **{each: _by_role_called(name, community) for each, name in by_role.items()},
        **{each: _under(grants[key], community) for each, key in keys.items()},
    }


def _by_role_called(name: str, community: CommunityPage) -> RightsAnswer:
    return RightsAnswer(Basis.ROLE, rights_reasons.by_role(name, community), role=name)


def _under(grant: Grant, community: CommunityPage) -> RightsAnswer:
    return RightsAnswer(Basis.GRANT, rights_reasons.by_grant(grant, community), role=str(grant.role or ""))


def grant_behind(person: Viewer, capability: str, community: CommunityPage) -> Grant | None:
    """The grant in force that gives it to ``person``, also where a role of theirs does so as well."""
    return grants_behind(person, community).filter(capability=capability).first()


def grants_behind(person: Viewer, community: CommunityPage) -> QuerySet[Grant]:
    """The grants in force under which ``person``, a member, may do things, oldest first."""
    member = Membership.objects.active().filter(person=person.pk, community=OuterRef("community"))
    roles = Holding.objects.in_effect().filter(membership__person=person.pk, membership__community=community.pk)
    in_force = Grant.objects.in_force().filter(Exists(member), community=community.pk)
    granted: QuerySet[Grant] = in_force.filter(Q(role=None) | Q(role__in=roles.values("role")))
    return granted.select_related("role").order_by("pk")


def _is_here(person: Viewer) -> bool:
    return bool(person.is_authenticated and person.is_active)


# -- using a right -----------------------------------------------------------------------------------------------------
class NotAllowed(Exception):
    """Somebody lacks a right; ``answer`` says why, and whom to ask."""

    def __init__(self, answer: RightsAnswer) -> None:
        self.answer = answer
        super().__init__(f"{answer.because} {answer.ask}")


def refusal(person: Viewer, capability: str, community: CommunityPage | None) -> RightsAnswer:
    """A no to somebody who was about to use a right: what of theirs ended, and when, or else why they may not."""
    return RightsAnswer(Basis.NONE, *why_ended(person, (capability,), community))


def lock(community: CommunityPage) -> None:
    """Lock the community's row of places, so that concurrent changes run one after another."""
    Places.objects.select_for_update().filter(community=community.pk).first()


def require(person: Viewer, capability: str, subject: object) -> RightsAnswer:
    """For services: ask inside the transaction of the change, and raise ``NotAllowed`` for a no.

    Whoever takes a role or a grant away locks the community, too. So a right is used before it is taken away, or not.
    """
    return require_any(person, [capability], subject)


def require_any(person: Viewer, capabilities: Sequence[str], subject: object) -> RightsAnswer:
    """The same where each of ``capabilities`` is enough. A no is about the first."""
    if (community := community_of(subject)) is not None:
        lock(community)
    if not (answer := can_any(person, capabilities, subject)):
        raise NotAllowed(refusal(person, capabilities[0], community))
    return answer
