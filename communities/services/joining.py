"""How somebody comes into a community and out of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import notices
from communities.choices import Capability
from communities.joining import JoinOutcome, decide, takes_people_in
from communities.models import CommunityPage, Holding, Membership, Places, Role, State
from communities.permissions import is_answered_for, require_answering
from communities.rights import require
from communities.services.places import answer_invitations, come_in, end, follow, lock_with, read_anew
from communities.services.succession import (
    CannotLeave,
    give,
    hand_on,
    leaves_too_few,
    log_of,
    offer_instead,
    roles_held,
)
from people.models import User


class CannotJoin(Exception):
    """The way in is closed; the message says why and what to do."""


@transaction.atomic
def join(community: CommunityPage, person: User, note: str = "") -> Membership:
    """Let ``person`` in, ask for them, or put them on the waiting list: whatever ``communities.joining`` says.

    Asking twice changes nothing. Raises ``CannotJoin`` where it says no.
    """
    if not lock_with(person, community):
        raise CannotJoin(_("This community is gone."))
    last = Membership.objects.last_of(person, community)
    current = last if last is not None and last.state != State.ENDED else None
    decision = decide(person, community, current, last)
    if decision.entry is JoinOutcome.ACCEPT and current is not None:
        return say_yes(current)
    if current is not None and current.state != State.INVITED:
        return current
    if not decision.is_allowed:
        raise CannotJoin(decision.reason)
    if current is not None:
        end(current)  # an invitation that nobody answered in time
    entered = enter(community, person, State.ASKED if decision.entry is JoinOutcome.ASK else State.ACTIVE, note=note)
    if entered.state == State.ASKED:
        notices.tell_asked(entered)
    return entered


def say_yes(invited: Membership) -> Membership:
    """Whoever was invited comes in. Where those who invited them could not do so any more, nobody is let in on their
    word: it becomes a request, which the facilitators answer.
    """
    invited.since = timezone.now()
    if not is_answered_for(invited):
        invited.state, invited.known_as = State.ASKED, invited.community.title  # they may not see it; a no names it
        invited.save(update_fields=["since", "state", "known_as"])
        offer_instead(invited, None)
        notices.tell_asked(invited)
        return invited
    invited.save(update_fields=["since"])
    come_in(invited)
    answer_invitations(invited)
    if invited.is_active and (held := roles_held(invited)):
        log_of(invited, "role_changed", invited.person, before="", after=held)
    return invited


def enter(
    community: CommunityPage, person: User, state: State, role: Role | None = None, **fields: object
) -> Membership:
    """A new membership. One that is to be active waits where no place is free, and its role with it."""
    if state is State.ACTIVE and not Places.take(community.pk):
        state = State.WAITING
    membership = Membership.objects.create(community=community, person=person, state=state, **fields)
    membership.__dict__["holds"] = role is not None
    if role is not None:
        Holding.objects.create(membership=membership, role=role)
    follow(membership)
    return membership


@transaction.atomic
def accept(membership: Membership, by: User, role: Role | None = None) -> Membership:
    """Say yes to somebody who asked or waits. Where no place is free they wait, and the answer's state says so.

    Raises ``CannotJoin`` while the community takes nobody in, and ``NotAllowed``.
    """
    read_anew(membership)
    if membership.state not in {State.ASKED, State.WAITING}:
        return membership
    require_answering(by, membership.community)
    return let_in(membership, by, role)


def let_in(membership: Membership, by: User, role: Role | None) -> Membership:
    """The same, for whoever has the lock and asked the right."""
    if not takes_people_in(membership.community):
        raise CannotJoin(_("While the community is paused or closed nobody is let in."))
    if role is not None:
        give(membership, role)
    come_in(membership)
    answer_invitations(membership)
    log_of(membership, "accepted", by)
    notices.tell_answered(membership, by, is_declined=False)
    notices.request_settled(membership)
    return membership


@transaction.atomic
def decline(membership: Membership, by: User, answer: str = "") -> None:
    """Say no to somebody who asked or waits, who reads ``answer``; a member stays one."""
    read_anew(membership)
    if membership.state not in {State.ASKED, State.WAITING}:
        return
    require_answering(by, membership.community)
    membership.answer = answer
    membership.save(update_fields=["answer"])
    end(membership)
    log_of(membership, "declined", by)
    notices.tell_answered(membership, by, is_declined=True)
    notices.request_settled(membership)


@transaction.atomic
def leave(membership: Membership, successor: Membership | None = None) -> None:
    """End a membership: the place is free again, and whoever waits longest takes it.

    Raises ``CannotLeave`` for a steward who would leave fewer than two behind, until they name a ``successor``.
    """
    read_anew(membership)
    if membership.state == State.ENDED:
        return
    hand_on(membership, successor)
    if membership.state == State.ASKED:
        notices.request_settled(membership)
    if membership.is_active and (held := roles_held(membership)):
        log_of(membership, "role_changed", membership.person, before=held, after="")
    end(membership)


@transaction.atomic
def remove(membership: Membership, by: User, reason: str, *, leave_without_stewards: bool = False) -> None:
    """End somebody else's membership, for a reason that they read.

    Raises ``CannotLeave`` where fewer than two stewards would stay, unless it is said that this is meant.
    """
    read_anew(membership)
    if membership.state not in {State.ACTIVE, State.PAUSED}:
        return
    require(by, Capability.MANAGE_MEMBERS, membership.community)
    if not leave_without_stewards and leaves_too_few(membership):
        raise CannotLeave(_("There would be fewer than two who look after it. Name another one first."))
    end(membership, reason)
    log_of(membership, "removed", by, reason=reason)
    notices.tell_removed(membership)


@transaction.atomic
def mark_reason_read(membership: Membership) -> None:
    """The person has read why they were removed, and need not be told again."""
    if membership.reason and membership.reason_read is None:
        membership.reason_read = timezone.now()
        membership.save(update_fields=["reason_read"])
