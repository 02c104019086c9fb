"""Inviting somebody with an account, who belongs only when they have said yes.

Addresses, and people who have no account yet, are invited by a room above.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities import notices
from communities.joining import takes_people_in
from communities.models import CommunityPage, Membership, Role, State
from communities.models.membership_querysets import invited_since
from communities.permissions import require_inviting
from communities.services.joining import CannotJoin, enter, let_in, say_yes
from communities.services.places import answer_invitations, come_in, end, lock_all, lock_with, one_at_a_time, read_anew
from communities.services.roles import add_role
from communities.services.succession import offer_instead
from people.models import User


@transaction.atomic
def invite(community: CommunityPage, person: User, by: User, role: Role | None = None) -> Membership:
    """Ask ``person`` to join: they belong when they say yes, and nothing is opened or shown until then.

    Whoever had asked is let in, and whoever is a member is given the role, if it says more than theirs.
    Raises ``NotAllowed``.
    """
    if lock_with(person, community):
        require_inviting(by, community, outside=not person.is_insider)
    membership, is_asked = _stand_invited(community, person, by, role)
    if is_asked:
        log(
            instance=community,
            action="communities.invited",
            user=by,
            data={"person": str(person), "role": str(role or "")},
        )
        notices.tell_invited(membership)
    return membership


def _stand_invited(community: CommunityPage, person: User, by: User, role: Role | None) -> tuple[Membership, bool]:
    """The person's membership, and whether it now waits for their answer."""
    if not (lock_with(person, community) and person.is_active):
        raise CannotJoin(_("This account is switched off, or the community is gone."))
    current: Membership | None = Membership.objects.current().filter(community=community, person=person).first()
    if current is None:
        return enter(community, person, State.INVITED, role=role, invited_by=by), True
    if current.state != State.INVITED:
        return _let_in(current, by, role), False
    current.invited_by, current.since = by, timezone.now()
    current.save(update_fields=["invited_by", "since"])
    offer_instead(current, role)
    return current, True


def _let_in(membership: Membership, by: User, role: Role | None) -> Membership:
    """Somebody who belongs here in some way already agreed to it: no need to ask them."""
    if membership.state in {State.ASKED, State.WAITING}:
        return let_in(membership, by, role)
    if membership.is_active and role is not None:
        add_role(membership, role, by)
    return membership


@transaction.atomic
def bring_in(community: CommunityPage, person: User, by: User, role: Role | None = None) -> Membership:
    """Let ``person`` in, who said yes to an invitation before they had an account.

    Where no place is free they wait. While the community takes nobody in, the invitation stands, to be answered later.
    """
    try:
        membership, is_asked = _stand_invited(community, person, by, role)
    except CannotJoin:  # they had asked, and nobody is let in now: they ask on
        current: Membership | None = Membership.objects.current().filter(community=community, person=person).first()
        if current is None:
            raise
        return current
    if is_asked and takes_people_in(community):
        come_in(membership)
    if membership.state != State.INVITED:
        answer_invitations(membership)
    return membership


@transaction.atomic
def accept_invitation(membership: Membership) -> Membership:
    """The person who was invited says yes. Where no place is free they wait, and where nobody answers for the
    invitation any more they ask: the answer's state says so.

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
    return say_yes(membership)


@transaction.atomic
def decline_invitation(membership: Membership) -> None:
    """The person who was invited says no. Nobody is told: the facilitators see the address until it expires."""
    read_anew(membership)
    if membership.state == State.INVITED:
        end(membership)


@transaction.atomic
def take_back(community_pk: int, person_pk: int | None) -> None:
    """End what the person was asked and has not answered, also while their account is off and may come back."""
    one_at_a_time(community_pk)
    for membership in Membership.objects.filter(community=community_pk, person=person_pk).unanswered():
        end(membership)


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
    return ended
