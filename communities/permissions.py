"""Who may do what with a community. Pure questions, each with its reason."""

from functools import reduce
from typing import Any

from django.db.models import Model, Prefetch, Q

from communities.models import CommunityPage, Joining, Membership, Stage, State
from hub.audiences import Widening, community_pks, community_token, widen

AHEAD = Prefetch("memberships", Membership.objects.active(), to_attr="active_memberships")


def community_tokens(person: Any) -> list[str]:
    """The tokens of the communities that ``person`` is an active member of. Asking or waiting opens nothing."""
    return [
        community_token(pk)
        for pk in Membership.objects.active().filter(person=person).values_list("community_id", flat=True)
    ]


def tokens_of_person(person: Any) -> list[str]:
    """The tokens that open a person's page beside its own: those of their communities, fetched ``AHEAD`` or now."""
    fetched = person.__dict__.get(AHEAD.to_attr)
    return community_tokens(person) if fetched is None else [community_token(each.community_id) for each in fetched]


def people_who_share_a_community(viewer: Any, tokens: frozenset[str]) -> Q:
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
        Widening(
            rule=lambda _viewer, tokens: Q(**{f"{community}__in": community_pks(tokens)}),
            tokens=lambda thing: [community_token(pk)] if (pk := reduce(getattr, steps, thing)) else [],
        ),
    )


def membership_of(person: Any, community: CommunityPage) -> Membership | None:
    """The person's present membership, in whatever state, or ``None``."""
    if not person.is_authenticated:
        return None
    return Membership.objects.current().filter(person=person, community=community).first()


def is_steward(person: Any, community: CommunityPage) -> bool:
    """Whether ``person`` may manage the community: its facilitators, because the organisation named them so."""
    return (
        person.is_authenticated
        and Membership.objects.facilitators().filter(person=person, community=community).exists()
    )


def can_join(person: Any, community: CommunityPage, membership: Membership | None) -> bool:
    """Whether to offer a way in: signed in, not a member yet, and the community takes people in."""
    return bool(
        person.is_authenticated
        and (membership is None or membership.state == State.ENDED)
        and community.joining != Joining.INVITATION
        and community.stage in {Stage.PILOT, Stage.ACTIVE}
    )


def can_leave(membership: Membership | None) -> bool:
    """Whether there is something to leave; the last facilitator of a living community first hands it on."""
    return membership is not None and membership.state != State.ENDED
