"""Who may invite whom. Pure questions, each with its reason."""

from django.conf import settings

from accounts.invitations.models import Invitation
from accounts.invitations.targets import goal_of, may_invite_into
from communities import permissions as communities
from communities.models import CommunityPage
from core.editors import is_hub_team
from people.choices import PersonKind
from people.models import User


def may_invite(person: User, community: CommunityPage | None, kind: str = PersonKind.STAFF, into: str = "") -> bool:
    """The hub team invites to the hub and into every community, its facilitators into their own, and whoever may invite
    from outside people of such a ``kind``. To one thing alone only people from outside are invited.
    """
    if into:
        return kind != PersonKind.STAFF and may_invite_into(person, into)
    if community is None:
        return is_hub_team(person)
    return communities.may_invite(person, community, outside=kind != PersonKind.STAFF)


def may_choose(person: User, kind: str, community: CommunityPage | None = None) -> bool:
    """Nobody gives what they do not have: whoever is from outside invites people from outside, and so does whoever may
    do nothing else there.
    """
    if kind != PersonKind.STAFF or is_hub_team(person):
        return True
    return person.is_insider and (community is None or may_invite(person, community))


def may_vouch(person: User, kind: str, email: str) -> bool:
    """Whether it is enough that ``person`` says where somebody belongs.

    Whoever works here sees what is for the organisation. The hub team may say of anybody that they do, and others of
    whoever has an address that the operator named (``STAFF_DOMAINS``).
    """
    if kind != PersonKind.STAFF or is_hub_team(person):
        return True
    return person.is_insider and email.rpartition("@")[2] in settings.STAFF_DOMAINS


def is_answered_for(invitation: Invitation) -> bool:
    """Whether somebody who may invite still answers for it. They may have left since, or facilitate no more."""
    person = invitation.answers_for_it
    return (
        person is not None
        and person.is_active
        and may_invite(person, invitation.community, invitation.kind, invitation.into)
    )


def stands(invitation: Invitation) -> bool:
    """Whether it lets anybody in: whoever answers for it may also say where the person belongs, and there is a
    community, or one thing, to come into.
    """
    person = invitation.answers_for_it
    if invitation.community is not None and not invitation.community.live:
        return False
    if invitation.into and goal_of(invitation) is None:
        return False
    return person is not None and is_answered_for(invitation) and may_vouch(person, invitation.kind, invitation.email)
