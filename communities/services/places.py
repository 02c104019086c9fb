"""Places, and what follows when somebody takes one or leaves it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from communities.joining import takes_people_in
from communities.models import CommunityPage, Membership, Places, Role, State
from hub.audiences import forget_tokens
from search import services as search


def one_at_a_time(community_pk: int) -> None:
    """Lock the community's places, so that concurrent changes run one after another."""
    Places.objects.select_for_update().filter(community=community_pk).first()


def read_anew(membership: Membership) -> None:
    """What the membership is now, with its community to ourselves: the form it comes from may have been sent twice."""
    one_at_a_time(membership.community_id)
    membership.refresh_from_db(fields=["state", "role", "since", "resumes"])


def come_in(membership: Membership) -> None:
    """Make the membership active where a place is free, else let it wait."""
    membership.state = State.ACTIVE if Places.take(membership.community_id) else State.WAITING
    membership.save(update_fields=["state", "role"])
    follow(membership)


def end(membership: Membership, reason: str = "") -> None:
    """End the membership; the place is free again, and whoever waits longest takes it."""
    held_a_place = membership.is_active
    membership.state, membership.until, membership.reason = State.ENDED, timezone.now(), reason
    membership.resumes = ""
    membership.save(update_fields=["state", "until", "reason", "resumes"])
    follow(membership)
    if held_a_place:
        give_back(membership.community_id)


def give_back(community_pk: int) -> None:
    """Free one place, and give it to whoever waits longest."""
    Places.give_back(community_pk)
    let_the_next_in(community_pk)


def let_the_next_in(community_pk: int) -> None:
    """Those who wait longest, as long as there are places and the community takes people in."""
    waiting = Membership.objects.waiting().filter(community=community_pk, person__is_active=True)
    for following in waiting.select_related("person", "community"):
        if not takes_people_in(following.community) or not Places.take(community_pk):
            return
        following.state = State.ACTIVE
        following.save(update_fields=["state"])
        follow(following)


@transaction.atomic
def settle(communities: Iterable[int]) -> None:
    """After memberships went or changed in bulk: count the places anew, and let in who waits."""
    for pk in sorted(set(communities)):
        one_at_a_time(pk)
        Places.recount([pk])
        let_the_next_in(pk)


def follow(membership: Membership, *, was: str = "") -> None:
    """A membership changes what its person may see, and who speaks for the community where a facilitator comes or goes.

    Search hears of these two and of nothing that the community looks after: that would be thousands of stories.
    """
    forget_tokens(membership.person)
    search.changed(membership.person)
    if Role.FACILITATOR in {membership.role, was}:
        facilitators_changed(membership.community_id)


def facilitators_changed(community_pk: int) -> None:
    """Search names who speaks for the community."""
    search.changed_queryset(CommunityPage, CommunityPage.objects.filter(pk=community_pk))
