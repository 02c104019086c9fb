"""Inviting somebody, who belongs only when they have said yes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities import mail
from communities.joining import takes_people_in
from communities.models import CommunityPage, Invitation, Membership, Role, State
from communities.permissions import is_steward
from communities.querysets import invited_since
from communities.services.joining import CannotJoin, accept, change_role, enter
from communities.services.places import come_in, end, forget_invitation, lock_all, lock_with, one_at_a_time, read_anew
from core.outbox import emit
from core.row_locks import delete_locked
from people.addresses import owner_of
from people.fields import one_address
from people.models import User

ASKED = "communities.address_invited"


@transaction.atomic
def invite(community: CommunityPage, person: User, by: User, role: Role = Role.MEMBER) -> Membership:
    """Ask ``person`` to join: they belong when they say yes, and nothing is opened or shown until then.

    Whoever had asked is let in, and whoever is a member is given the role, if it says more than theirs.
    """
    if not (lock_with(person, community) and person.is_active):
        raise CannotJoin(_("This account is switched off, or the community is gone."))
    current: Membership | None = Membership.objects.current().filter(community=community, person=person).first()
    if current is None:
        current = enter(community, person, State.INVITED, role=role, invited_by=by)
    elif current.state != State.INVITED:
        return _let_in(current, by, role)
    else:
        current.role, current.invited_by, current.since = role, by, timezone.now()
        current.save(update_fields=["role", "invited_by", "since"])
    log(instance=community, action="communities.invited", user=by, data={"person": str(person), "role": role})
    mail.tell_invited(current)
    return current


def _let_in(membership: Membership, by: User, role: Role) -> Membership:
    """Somebody who belongs here in some way already agreed to it: no need to ask them."""
    if role != Role.FACILITATOR:
        return accept(membership, by)
    if membership.state in {State.ASKED, State.WAITING}:
        return accept(membership, by, role)
    if membership.is_active and not membership.is_facilitator:
        change_role(membership, role, by)
    return membership


@transaction.atomic
def ask_address(community: CommunityPage, email: str, by: User, role: Role = Role.MEMBER) -> None:
    """Write down whom a facilitator invites. Whether anybody signs in with the address is looked up after the commit,
    so that the form takes as long for any address.
    """
    one_at_a_time(community.pk)
    values = {"role": role, "since": timezone.now()}
    made, is_new = Invitation.objects.update_or_create(community=community, email=one_address(email), defaults=values)
    emit(ASKED, made, actor=by, data={"new": is_new})


@transaction.atomic
def look_up(invitation: Invitation, by: User | None, *, is_new: bool) -> None:
    """Invite whoever signs in with the address that was written down. Who facilitates no more invites nobody."""
    if by is not None and by.is_active and is_steward(by, invitation.community):
        invite_address(invitation.community, invitation.email, by, Role(invitation.role))
    elif is_new:
        invitation.delete()


@transaction.atomic
def invite_address(community: CommunityPage, email: str, by: User, role: Role = Role.MEMBER) -> None:
    """Invite whoever signs in with this address. What the facilitator reads is the same whether anybody does."""
    person = owner_of(email)
    is_here = person is not None and lock_with(person, community) and person.is_active
    one_at_a_time(community.pk)  # before the invitation's row, as whoever withdraws it does
    values = {"role": role, "since": timezone.now(), "person": person}
    made, _new = Invitation.objects.update_or_create(community=community, email=one_address(email), defaults=values)
    if person is not None and is_here and not _is_asked(community, person, by, role):
        made.delete()  # they stand among the members, or among those who asked


def _is_asked(community: CommunityPage, person: User, by: User, role: Role) -> bool:
    """Whether the person has an invitation to answer. Whoever asked is let in, or asks on while nobody is."""
    try:
        return bool(invite(community, person, by, role).state == State.INVITED)
    except CannotJoin:
        return False


@transaction.atomic
def accept_invitation(membership: Membership) -> Membership:
    """The person who was invited says yes. Where no place is free they wait, and the answer's state says so.

    Raises ``CannotJoin`` where the invitation is withdrawn or too old, or the community takes nobody in.
    """
    read_anew(membership)
    if membership.state != State.INVITED:
        if membership.state == State.ENDED:
            raise CannotJoin(_("This invitation was withdrawn."))
        return membership
    if membership.has_expired:
        raise CannotJoin(_("This invitation is too old. Ask to be invited again."))
    if not takes_people_in(membership.community):
        raise CannotJoin(_("While the community is paused or closed nobody is let in."))
    membership.since = timezone.now()
    membership.save(update_fields=["since"])
    come_in(membership)
    forget_invitation(membership)
    return membership


@transaction.atomic
def decline_invitation(membership: Membership) -> None:
    """The person who was invited says no. Nobody is told: the facilitators see the address until it expires."""
    read_anew(membership)
    if membership.state == State.INVITED:
        end(membership)


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> bool:
    """The facilitators take an invitation back, whether or not anybody signs in with its address.

    Whether it was still there: its person may have said yes, or another facilitator may have been quicker.
    """
    one_at_a_time(invitation.community_id)
    if not Invitation.objects.filter(pk=invitation.pk).exists():
        return False
    theirs = Membership.objects.filter(community=invitation.community_id, person=invitation.person_id)
    for membership in theirs.unanswered():
        end(membership)
    data = {"person": invitation.email}
    log(instance=invitation.community, action="communities.withdrawn", user=by, data=data)
    invitation.delete()
    return True


@transaction.atomic
def end_expired() -> int:
    """End the invitations that nobody answered in time; how many that were."""
    unanswered = Membership.objects.unanswered().filter(since__lt=invited_since())
    expired = list(unanswered)
    lock_all(membership.community_id for membership in expired)
    ended = 0
    for membership in expired:
        read_anew(membership)
        if unanswered.filter(pk=membership.pk).exists():  # and nobody invited them anew meanwhile
            end(membership)
            ended += 1
    delete_locked(Invitation.objects.filter(since__lt=invited_since()))
    return ended
