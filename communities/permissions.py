"""Who may do what with a community. Pure questions, each with its reason."""

from typing import Any

from django.db.models import Q

from communities.models import CommunityPage, Joining, Membership, Stage, State
from hub.audiences import community_token


def community_tokens(person: Any) -> list[str]:
    """The tokens of the communities that ``person`` is an active member of. Asking or waiting opens nothing."""
    return [
        community_token(pk)
        for pk in Membership.objects.active().filter(person=person).values_list("community_id", flat=True)
    ]


def people_who_share_a_community(viewer: Any, tokens: frozenset[str]) -> Q:
    """Members see each other, whatever else they may see."""
    shared = [int(token.partition(":")[2]) for token in tokens if token.startswith("community:")]
    if not shared:
        return Q(pk__in=())
    return Q(pk__in=Membership.objects.active().filter(community_id__in=shared).values("person_id"))


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
