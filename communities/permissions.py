"""Who may do what with a community. Pure questions, each with its reason."""

from collections.abc import Collection
from functools import reduce
from typing import Any

from django.db.models import Exists, Model, Prefetch, Q

from communities.choices import Capability
from communities.given_capabilities import given_to
from communities.models import CommunityPage, Membership, State
from communities.rights import NotAllowed, answers, can, refusal
from core.audiences import Viewer, Widening, community_pks, community_token, may_see, widen
from people.away import stands_in_for
from people.models import User

FETCHED = "active_memberships"
AHEAD = Prefetch("memberships", Membership.objects.active(), to_attr=FETCHED)


def community_tokens(person: User) -> list[str]:
    """The tokens of the communities that ``person`` is an active member of. Asking or waiting opens nothing."""
    return [
        community_token(pk)
        for pk in Membership.objects.active().filter(person=person).values_list("community_id", flat=True)
    ]


def tokens_of_person(person: User) -> list[str]:
    """The tokens that open a person's page beside its own: those of their communities, fetched ``AHEAD`` or now."""
    fetched = person.__dict__.get(FETCHED)
    return community_tokens(person) if fetched is None else [community_token(each.community_id) for each in fetched]


def people_who_share_a_community(viewer: Viewer, tokens: frozenset[str]) -> Q:
    """Members see each other, whatever else they may see."""
    shared = community_pks(tokens)
    if not shared:
        return Q(pk__in=())
    return Q(pk__in=Membership.objects.active().filter(community_id__in=shared).values("person_id"))


def let_members_in(model: type[Model], community: str) -> None:
    """Members see their community and what it looks after, also where that is for the organisation alone.

    A resident who was let in is a fellow member. ``community`` is the path from the model to the community's key, as a
    query has it.
    """
    steps = community.split("__")
    widen(
        model._meta.label,
        "members",
        Widening(
            rule=lambda _viewer, tokens: Q(**{f"{community}__in": community_pks(tokens)}),
            tokens=lambda thing: [community_token(pk)] if (pk := reduce(getattr, steps, thing)) else [],
        ),
    )


def membership_of(person: Viewer, community: CommunityPage) -> Membership | None:
    """The person's present membership, in whatever state, or ``None``."""
    if not person.is_authenticated:
        return None
    return Membership.objects.current().marked().filter(person=person.pk, community=community).first()


def is_steward(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` answers for the community: they hold a role that manages it by the catalogue.

    A grant gives the right to manage members (``manages_as_member``) and makes no steward: it ends by itself, and the
    community would be without anybody from one moment to the next.
    """
    return can(person, Capability.MANAGE_MEMBERS, community).makes_a_steward


def communities_stewarded(person: Viewer, known: Collection[int] | None = None) -> Any:
    """The keys of the communities of which ``person`` is a steward, as a query to build on.

    A page that asks many things of one steward reads them once, and passes them on as ``known``: each query that they
    are put into takes Django a tenth of the time, and for whoever is steward of none it is not asked at all.
    """
    if known is not None:
        return known
    return Membership.objects.stewards().filter(person=person.pk or 0).values_list("community_id", flat=True)


def manages_as_member(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` may manage the community as a member of it, by a role or a grant, and not because they run the
    hub.
    """
    return can(person, Capability.MANAGE_MEMBERS, community).is_own


def keeps_true(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` knows if what the community wrote still holds: its facilitators, and its members while they
    stand in for one who is away. No other right goes over to a stand-in.
    """
    if not person.is_authenticated:
        return False
    if Capability.GUIDANCE in given_to(person, community).capabilities:
        return True
    if not (away := stands_in_for(person.pk)):
        return False
    stewards = Membership.objects.stewards().filter(community=community, person__in=away)
    return Membership.objects.active().filter(Exists(stewards), person=person.pk, community=community).exists()


def has_facilitator(community: CommunityPage) -> bool:
    """Whether anybody looks after the community today."""
    return Membership.objects.stewards().filter(community=community).exists()


def may_answer(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` answers requests: the facilitators, and whoever stands in for one who is away; where there are
    none, the hub team.
    """
    answer = can(person, Capability.MANAGE_MEMBERS, community)
    return answer.is_own or stands_in(person, community) or (bool(answer) and not has_facilitator(community))


def stands_in(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` stands in today for a facilitator, and may see the community. They answer requests, so that
    nobody waits for a holiday to end; no other right to its members goes over to them.
    """
    away = stands_in_for(person.pk) if person.is_authenticated else frozenset()
    if not (away and may_see(person, community)):
        return False
    return Membership.objects.stewards().filter(community=community, person__in=away).exists()


def may_manage_members(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` gives members other parts and ends memberships: the facilitators, and the hub team always."""
    return bool(can(person, Capability.MANAGE_MEMBERS, community))


def may_invite(person: User, community: CommunityPage, *, outside: bool = False) -> bool:
    """Whether ``person`` asks people to join: the facilitators, and the hub team always; those who do not work here
    (``outside``) also whoever may invite from outside.
    """
    asked = [Capability.MANAGE_MEMBERS, *([Capability.INVITE_OUTSIDE] if outside else [])]
    return any(answers(person, asked, community).values())


# -- for services, in the transaction of the change and with the community locked --------------------------------------
def require_answering(person: Viewer, community: CommunityPage) -> None:
    """``NotAllowed`` where somebody answers requests no more."""
    if not may_answer(person, community):
        raise NotAllowed(refusal(person, Capability.MANAGE_MEMBERS, community))


def require_inviting(person: User, community: CommunityPage, *, outside: bool = False) -> None:
    """``NotAllowed`` where somebody invites nobody any more."""
    if not may_invite(person, community, outside=outside):
        raise NotAllowed(refusal(person, Capability.MANAGE_MEMBERS, community))


def is_answered_for(invited: Membership) -> bool:
    """Whether whoever invited somebody could do so today. They may have left since, or facilitate no more."""
    by = invited.invited_by
    return by is not None and may_invite(by, invited.community, outside=not invited.person.is_insider)


def can_leave(membership: Membership | None) -> bool:
    """Whether there is something to leave; the last facilitator of a living community first hands it on."""
    return membership is not None and membership.state not in {State.ENDED, State.INVITED}
