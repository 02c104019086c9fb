"""Who may do what in a community, and why: the one function that answers every question of rights.

``can`` answers for one person and one thing, in one query or two, with the reason in words. ``communities_where`` gives
every community in which somebody may do something, for lists and policies, in one query however many there are. Both
ask ``holds``. Django's ``has_perm`` gives the same answers (``communities.backends``).

Nothing is remembered between two questions: a grant or a role that ended a second ago has ended.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import reduce

from django.db.models import Model, Q, QuerySet

from communities import why
from communities.choices import Capability, Role
from communities.models import CommunityContent, CommunityPage, Membership
from core.audiences import Viewer
from core.editors import is_hub_team
from core.registry import Registry
from core.text import Words


class Basis(Enum):
    """What a right rests on."""

    NONE = "none"
    ROLE = "role"
    HUB_TEAM = "hub team"


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why. ``ask`` says whom to ask after a no."""

    basis: Basis
    because: Words
    ask: Words = ""

    def __bool__(self) -> bool:
        return self.basis is not Basis.NONE

    @property
    def is_own(self) -> bool:
        """Whether the person has the right as a member, and not because they run the hub."""
        return self.basis is Basis.ROLE


# -- where a thing belongs ---------------------------------------------------------------------------------------------
BELONGINGS: Registry[str] = Registry("paths from a thing to its community", taken_by="communities")


def belongs_by(model: type[Model], path: str) -> None:
    """Say how things of ``model``, and of models derived from it, lead to their community: ``surgery__community``."""
    BELONGINGS.add(model._meta.label, path)


belongs_by(CommunityContent, "community")
belongs_by(Membership, "community")


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
    """Which memberships give ``capability``, as a filter to be combined with others."""
    by_role = Q(role=Role.FACILITATOR)  # facilitators may do everything
    return by_role & Q(since__lte=at) if at else by_role


def memberships_with(capability: str, at: datetime | None = None) -> QuerySet[Membership]:
    """The memberships that give ``capability`` at this moment, whoever's they are."""
    return Membership.objects.active().filter(holds(capability, at))


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
    capability = Capability(capability)
    if not _is_here(person):
        return Answer(Basis.NONE, *why.A_STRANGER)
    community = community_of(subject)
    if community is not None:
        mine = memberships_with(capability, at).filter(person=person.pk, community=community.pk).first()
        if mine is not None:
            return Answer(Basis.ROLE, why.by_role(mine, community))
    if is_hub_team(person):
        return Answer(Basis.HUB_TEAM, why.HUB_TEAM)
    return Answer(Basis.NONE, *why.not_allowed(person, community))


def _is_here(person: Viewer) -> bool:
    return bool(person.is_authenticated and person.is_active)
