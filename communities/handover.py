"""What somebody does in communities, for whoever takes it over when they leave."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from communities import services
from communities.choices import Capability, Stage, State
from communities.models import CommunityPage, Holding, Membership, Role
from communities.rights import can
from communities.services.places import lock_with
from communities.services.succession import take
from core.audiences import may_see
from core.editors import is_hub_team
from indexing.documents import key_for
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User

TAKEN = _("Somebody else has this by now.")


def facilitators_of(communities: Collection[int]) -> Mapping[int, Collection[int]]:
    """Who looks after each of these communities today."""
    found: dict[int, list[int]] = {}
    pairs = Membership.objects.stewards().filter(community__in=communities)
    for community, person in pairs.order_by("pk").values_list("community_id", "person_id"):
        found.setdefault(community, []).append(person)
    return found


def _belongs(person: User) -> Any:
    """The memberships that they have, or come back to."""
    theirs = (
        Membership.objects.filter(person=person, community__live=True)
        .select_related("community")
        .order_by("community__title", "pk")
    )
    return theirs.filter(Q(state=State.ACTIVE) | Q(state=State.PAUSED, resumes=State.ACTIVE))


def _stewarded(person: User) -> Any:
    """Those in which they hold a role that manages the community, or will again."""
    held = Holding.objects.kept().stewarding().filter(membership__person=person)
    return _belongs(person).filter(pk__in=held.values("membership"))


def _held(community: CommunityPage, detail: str = "") -> LookedAfter:
    """The hub team sees the name of every community, as on its page of facilitators."""
    title = community.title
    return LookedAfter(key_for(CommunityPage, community.pk), community, title, community.url, detail, title)


# -- facilitators ------------------------------------------------------------------------------------------------------
def facilitated(person: User) -> Iterator[LookedAfter]:
    for membership in _stewarded(person):
        yield _held(membership.community)


@transaction.atomic
def give_part(person: User, pk: int, to: User, by: User) -> None:
    """The hub team names anybody, as it may at any time; others name a member, who belongs already.

    The one who hands over stays a member, so that they come back as one.
    """

    def theirs() -> Any:  # asked anew under the lock: until when a role is held is compared with the time of asking
        return _stewarded(person).filter(community=pk).first()

    seen = theirs()
    if seen is None or not lock_with(to, seen.community) or (membership := theirs()) is None:
        raise CannotGive(str(TAKEN))
    community = membership.community
    if not (is_hub_team(by) or Membership.objects.active().filter(person=to, community=pk).exists()):
        words = gettext("%(person)s is no member of %(community)s. Choose a member, or ask the hub team.")
        raise CannotGive(words % {"person": to, "community": community.title})
    try:
        services.make_facilitator(community, to, by)
    except services.CannotJoin as refusal:
        raise CannotGive(str(refusal)) from refusal
    services.stand_down(membership, by)


# -- roles that make no steward ----------------------------------------------------------------------------------------
def _in_roles(person: User) -> Any:
    """Their memberships in which they hold such a role, or will again."""
    held = Holding.objects.kept().filter(membership__person=person).exclude(pk__in=Holding.objects.stewarding())
    return _belongs(person).filter(pk__in=held.values("membership"))


def _roles(membership: Membership) -> list[Role]:
    kept = Holding.objects.kept().filter(membership=membership).exclude(pk__in=Holding.objects.stewarding())
    return [one.role for one in kept.shown()]


def in_roles(person: User) -> Iterator[LookedAfter]:
    for membership in _in_roles(person):
        yield _held(membership.community, ", ".join(map(str, _roles(membership))))


@transaction.atomic
def give_roles(person: User, pk: int, to: User, by: User) -> None:
    """All that they hold there, to a member, by whoever names members in roles: the one who leaves does not."""

    def theirs_now() -> Any:  # asked anew under the lock, as above
        return _in_roles(person).filter(community=pk).first()

    seen = theirs_now()
    if seen is None or not lock_with(to, seen.community) or (membership := theirs_now()) is None:
        raise CannotGive(str(TAKEN))
    community = membership.community
    words = {"person": to, "community": community.title}
    if not can(by, Capability.MANAGE_MEMBERS, community):
        raise CannotGive(gettext("Those who look after %(community)s name somebody else. Ask them.") % words)
    theirs = Membership.objects.active().filter(person=to, community=pk).first()
    if theirs is None:
        raise CannotGive(gettext("%(person)s is no member of %(community)s. Choose a member.") % words)
    roles = _roles(membership)
    for role in roles:
        services.add_role(theirs, role, by)
    take(membership, *roles)


# -- sponsors ----------------------------------------------------------------------------------------------------------
def _sponsored_by(person: User) -> Any:
    return CommunityPage.objects.live().filter(sponsor=person).exclude(stage=Stage.CLOSED).order_by("title", "pk")


def sponsored(person: User) -> Iterator[LookedAfter]:
    for community in _sponsored_by(person):
        yield _held(community)


@transaction.atomic
def give_sponsorship(person: User, pk: int, to: User, by: User) -> None:
    """Somebody of the organisation, who can see what they answer for."""
    community = _sponsored_by(person).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if community is None:
        raise CannotGive(str(TAKEN))
    words = {"person": to, "community": community.title}
    if not to.is_insider:
        raise CannotGive(gettext("%(person)s does not work here, and cannot be a sponsor.") % words)
    if not may_see(to, community):
        raise CannotGive(gettext("%(person)s cannot see %(community)s. Choose somebody who can.") % words)
    services.name_sponsor(community, to, by)


# -- members -----------------------------------------------------------------------------------------------------------
def memberships(person: User) -> Iterator[LookedAfter]:
    for membership in _belongs(person).exclude(pk__in=_stewarded(person).values("pk")):
        yield _held(membership.community)


FACILITATED = Handover(
    label=_("Communities that they facilitate"),
    rest=_("The other facilitators go on. Where there are none, the hub team is asked."),
    held=facilitated,
    give=give_part,
    heirs=facilitators_of,
    icon="community",
)
IN_ROLES = Handover(
    label=_("Roles in communities"),
    rest=_("Those who look after the community name somebody else."),
    held=in_roles,
    give=give_roles,
    heirs=facilitators_of,
    icon="community",
)
SPONSORED = Handover(
    label=_("Communities that they answer for as sponsor"),
    rest=_("The hub team names somebody else."),
    held=sponsored,
    give=give_sponsorship,
    icon="grant",
)
MEMBERSHIPS = Handover(
    label=_("Memberships"),
    rest=_("Nobody else can be given them. They pause, and go on when the person comes back."),
    held=memberships,
    icon="members",
)
