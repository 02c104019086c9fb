"""How somebody comes into a community and out of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities import notices
from communities.joining import Entry, decide, takes_people_in
from communities.models import CommunityPage, Membership, Places, Role, State
from communities.permissions import is_answered_for
from communities.services.places import answer_invitations, come_in, end, follow, lock_with, read_anew
from people.models import User


class CannotJoin(Exception):
    """The way in is closed; the message says why and what to do."""


class CannotLeave(Exception):
    """The way out is closed for now; the message says why and what to do."""


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
    if decision.entry is Entry.ACCEPT and current is not None:
        return say_yes(current)
    if current is not None and current.state != State.INVITED:
        return current
    if not decision.is_allowed:
        raise CannotJoin(decision.reason)
    if current is not None:
        end(current)  # an invitation that nobody answered in time
    entered = enter(community, person, State.ASKED if decision.entry is Entry.ASK else State.ACTIVE, note=note)
    if entered.state == State.ASKED:
        notices.tell_asked(entered)
    return entered


def say_yes(invited: Membership) -> Membership:
    """Whoever was invited comes in. Where those who invited them could not do so any more, nobody is let in on their
    word: it becomes a request, which the facilitators answer.
    """
    invited.since = timezone.now()
    if not is_answered_for(invited):
        invited.state, invited.role = State.ASKED, Role.MEMBER
        invited.save(update_fields=["since", "state", "role"])
        notices.tell_asked(invited)
        return invited
    invited.save(update_fields=["since"])
    come_in(invited)
    answer_invitations(invited)
    return invited


def enter(community: CommunityPage, person: User, state: State, **fields: object) -> Membership:
    """A new membership. One that is to be active waits where no place is free."""
    if state is State.ACTIVE and not Places.take(community.pk):
        state = State.WAITING
    membership = Membership.objects.create(community=community, person=person, state=state, **fields)
    follow(membership)
    return membership


@transaction.atomic
def accept(membership: Membership, by: User, role: Role | None = None) -> Membership:
    """Say yes to somebody who asked or waits. Where no place is free they wait, and the answer's state says so.

    Raises ``CannotJoin`` while the community takes nobody in.
    """
    read_anew(membership)
    if membership.state not in {State.ASKED, State.WAITING}:
        return membership
    if not takes_people_in(membership.community):
        raise CannotJoin(_("While the community is paused or closed nobody is let in."))
    membership.role = role or membership.role
    come_in(membership)
    answer_invitations(membership)
    _log(membership, "accepted", by)
    notices.tell_answered(membership, by, is_declined=False)
    notices.request_settled(membership)
    return membership


@transaction.atomic
def decline(membership: Membership, by: User, answer: str = "") -> None:
    """Say no to somebody who asked or waits, who reads ``answer``; a member stays one."""
    read_anew(membership)
    if membership.state not in {State.ASKED, State.WAITING}:
        return
    membership.answer = answer
    membership.save(update_fields=["answer"])
    end(membership)
    _log(membership, "declined", by)
    notices.tell_answered(membership, by, is_declined=True)
    notices.request_settled(membership)


@transaction.atomic
def leave(membership: Membership) -> None:
    """End a membership: the place is free again, and whoever waits longest takes it.

    Raises ``CannotLeave`` for the last facilitator while others are members: somebody has to look after them.
    """
    read_anew(membership)
    if membership.state == State.ENDED:
        return
    if membership.is_facilitator and is_last_facilitator(membership):
        raise CannotLeave(_("You are the last facilitator. Name another one before you leave."))
    if membership.state == State.ASKED:
        notices.request_settled(membership)
    end(membership)


@transaction.atomic
def remove(membership: Membership, by: User, reason: str, *, leave_without_facilitator: bool = False) -> None:
    """End somebody else's membership, for a reason that they read.

    Raises ``CannotLeave`` for the last facilitator, unless it is said that the community is to be without one.
    """
    read_anew(membership)
    if membership.state not in {State.ACTIVE, State.PAUSED}:
        return
    if not leave_without_facilitator and membership.is_facilitator and is_last_facilitator(membership, alone=True):
        raise CannotLeave(_("This is the last facilitator. Name another one first."))
    end(membership, reason)
    _log(membership, "removed", by, reason=reason)
    notices.tell_removed(membership)


@transaction.atomic
def mark_reason_read(membership: Membership) -> None:
    """The person has read why they were removed, and need not be told again."""
    if membership.reason and membership.reason_read is None:
        membership.reason_read = timezone.now()
        membership.save(update_fields=["reason_read"])


@transaction.atomic
def change_role(membership: Membership, role: Role, by: User, *, leave_without_facilitator: bool = False) -> None:
    """Give a member another part; whoever left meanwhile gets none.

    The last facilitator cannot be stood down, unless it is said that this is meant.
    """
    read_anew(membership)
    if not membership.is_active or membership.role == role:
        return
    steps_down = role != Role.FACILITATOR and membership.is_facilitator
    if steps_down and not leave_without_facilitator and is_last_facilitator(membership):
        raise CannotLeave(_("This is the last facilitator. Name another one first."))
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    follow(membership, was=before)
    _log(membership, "role_changed", by, before=before, after=role)
    if steps_down:
        notices.tell_stood_down(membership, by)
    elif role == Role.FACILITATOR:
        notices.tell_made_facilitator(membership, by)


def is_last_facilitator(membership: Membership, *, alone: bool = False) -> bool:
    """Whether nobody else who is here facilitates, and others are members; ``alone``: also where nobody else is one."""
    others = Membership.objects.active().filter(community=membership.community).exclude(pk=membership.pk)
    return (alone or others.exists()) and not others.filter(role=Role.FACILITATOR).exists()


def _log(membership: Membership, deed: str, by: User, **data: str) -> None:
    data = {"person": str(membership.person), **data}
    log(instance=membership.community, action=f"communities.{deed}", user=by, data=data)
