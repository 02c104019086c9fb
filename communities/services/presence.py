"""What follows when somebody's account is switched off or on again, or goes."""

from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from communities.models import CommunityPage, Membership, Places, State
from communities.services.invitations import end_expired
from communities.services.places import follow, give_back, one_at_a_time, settle
from people.models import User


@transaction.atomic
def follow_presence(people: Collection[int] | None = None) -> int:
    """Bring memberships in step with whose accounts are on: of these people, or of all; how many changed.

    Whoever goes frees their places at once, and whoever comes back has theirs again where it is free.
    """
    theirs = Membership.objects.current().order_by("community_id", "pk")
    if people is not None:
        theirs = theirs.filter(person__in=people)
    gone = theirs.exclude(state=State.PAUSED).filter(person__is_active=False)
    back = theirs.filter(state=State.PAUSED, person__is_active=True)
    changed = [*gone.select_related("person"), *back.select_related("person")]
    for membership in changed:
        one_at_a_time(membership.community_id)
        _resume(membership) if membership.state == State.PAUSED else _pause(membership)
    return len(changed)


def _pause(membership: Membership) -> None:
    held_a_place = membership.is_active
    membership.resumes, membership.state = membership.state, State.PAUSED
    membership.save(update_fields=["state", "resumes"])
    follow(membership)
    if held_a_place:
        give_back(membership.community_id)


def _resume(membership: Membership) -> None:
    membership.state, membership.resumes = membership.resumes, ""
    if membership.is_active and not Places.take(membership.community_id):
        membership.state = State.WAITING
    membership.save(update_fields=["state", "resumes"])
    follow(membership)


@transaction.atomic
def note_sponsor_gone(person: User) -> None:
    """Before somebody is deleted: remember which communities lose their sponsor, so that the hub team names another."""
    for community in CommunityPage.objects.filter(sponsor=person):
        log(instance=community, action="communities.sponsor_gone", data={"person": str(person)})


@transaction.atomic
def repair() -> None:
    """Put right what went past the hub: accounts switched off in the database, old invitations, wrong counts."""
    follow_presence()
    end_expired()
    settle(Places.objects.values_list("pk", flat=True))
