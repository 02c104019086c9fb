"""What follows when somebody's account is switched off or on again, or goes."""

from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from communities.models import CommunityPage, Membership, Places, State
from communities.models.membership_periods import Pause, is_back
from communities.services.invitations import end_expired
from communities.services.places import follow, give_back, lock_all, read_anew, settle
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
    found = [*gone.select_related("person"), *back.select_related("person")]
    lock_all(membership.community_id for membership in found)
    return sum(map(_bring_in_step, found))


def _bring_in_step(membership: Membership) -> bool:
    """Whether there was something to do: meanwhile somebody may have left, or been let in from the waiting list."""
    read_anew(membership)
    is_here, is_away = membership.person.is_active, membership.state == State.PAUSED
    if membership.state == State.ENDED or is_here != is_away:
        return False
    _resume(membership) if is_away else _pause(membership)
    return True


def _pause(membership: Membership) -> None:
    held_a_place = membership.is_active
    membership.resumes, membership.state = membership.state, State.PAUSED
    membership.save(update_fields=["state", "resumes"])
    follow(membership)
    if held_a_place:
        Pause.objects.create(membership=membership)
        give_back(membership.community_id)


def _resume(membership: Membership) -> None:
    membership.state, membership.resumes = membership.resumes, ""
    if membership.is_active and not Places.take(membership.community_id):
        membership.state = State.WAITING
    if membership.is_active:
        is_back(membership)
    membership.save(update_fields=["state", "resumes"])
    follow(membership)


@transaction.atomic
def lock_places_of(people: Collection[int]) -> None:
    """Before people are deleted: lock all that their memberships hold, which go in no order of communities."""
    lock_all(Membership.objects.filter(person__in=people).values_list("community_id", flat=True))


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
