"""Places, and what follows when somebody takes one or leaves it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from communities import notices
from communities.joining import takes_people_in
from communities.models import CommunityPage, Holding, Membership, Places, State
from communities.models.membership_periods import is_back
from communities.models.membership_querysets import came_in
from communities.suspended_roles import tell_suspended
from core.audiences import forget_tokens
from people.models import User
from search import services as search


def one_at_a_time(community_pk: int) -> None:
    """Lock the community's places, so that concurrent changes run one after another."""
    Places.objects.select_for_update().filter(community=community_pk).first()


def lock_all(communities: Iterable[int]) -> None:
    """Lock the places of several communities, always in the same order: two that wait for each other never end."""
    list(Places.objects.select_for_update().filter(pk__in=set(communities)).order_by("pk"))


def lock_with(person: User, community: CommunityPage) -> bool:
    """Lock the person's account, then the community's places, and read what both are now; whether both are there.

    For whoever makes a membership: an account that is switched off at the same moment would not know of it. Whoever
    switches an account off locks it first, too.
    """
    account = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk)
    is_here = account.values_list("is_active", flat=True).first()
    one_at_a_time(community.pk)
    row = CommunityPage.objects.filter(pk=community.pk).values("stage", "joining", "live", "audience_token").first()
    if is_here is None or row is None:
        return False
    person.is_active = is_here
    for name, value in row.items():
        setattr(community, name, value)
    return True


def read_anew(membership: Membership) -> None:
    """What the membership and its community are now, with both to ourselves: the form that it comes from may have been
    sent twice, and is perhaps an hour old. A membership that is gone has ended.
    """
    one_at_a_time(membership.community_id)
    now = Membership.objects.marked().select_related("community", "invited_by").filter(pk=membership.pk).first()
    if now is None:
        membership.state = State.ENDED
        return
    for name in ("community", "state", "since", "joined", "resumes", "invited_by"):
        setattr(membership, name, getattr(now, name))
    membership.forget_roles()
    membership.__dict__.update(manages=now.manages, holds=now.holds)


def come_in(membership: Membership) -> None:
    """Make the membership active where a place is free, else let it wait."""
    membership.state = State.ACTIVE if Places.take(membership.community_id) else State.WAITING
    if membership.is_active:
        is_back(membership)
    membership.save(update_fields=["state"])
    if membership.has_roles:
        Holding.objects.filter(membership=membership, until=None).update(since=timezone.now())  # offered until now
        if membership.is_active:
            tell_suspended(membership)
    follow(membership)


def answer_invitations(membership: Membership) -> None:
    """Whoever invited the person need not any more: they stand among the members now, or wait."""
    came_in.send(Membership, membership=membership)


def end(membership: Membership, reason: str = "") -> None:
    """End the membership; the place is free again, and whoever waits longest takes it."""
    held_a_place = membership.is_active
    membership.state, membership.until, membership.reason = State.ENDED, timezone.now(), reason
    membership.resumes = ""
    knows_it = membership.community.live and (reason or membership.known_as or membership.joined is not None)
    membership.known_as = membership.community.title if knows_it else ""
    membership.save(update_fields=["state", "until", "reason", "known_as", "resumes"])
    if membership.has_roles:
        Holding.objects.filter(membership=membership, until=None).update(until=membership.until)
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
        is_back(following)
        following.state = State.ACTIVE
        following.save(update_fields=["state"])
        follow(following)
        notices.tell_let_in(following)


@transaction.atomic
def settle(communities: Iterable[int]) -> None:
    """After memberships went or changed in bulk: count the places anew, and let in who waits."""
    lock_all(communities := set(communities))
    for pk in sorted(communities):
        Places.recount([pk])
        let_the_next_in(pk)


def follow(membership: Membership) -> None:
    """A membership changes what its person may see, and who speaks for the community where a steward comes or goes.

    Search hears of these two and of nothing that the community looks after: that would be thousands of stories.
    """
    had_roles = membership.has_roles
    membership.forget_roles()
    forget_tokens(membership.person)
    search.changed(membership.person)
    if had_roles:
        stewards_changed(membership.community_id)


def stewards_changed(community_pk: int) -> None:
    """Search names who speaks for the community."""
    search.changed_queryset(CommunityPage, CommunityPage.objects.filter(pk=community_pk))
