"""What changes an invitation. Every function is one transaction; ``answering`` has what an answer does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from accounts.invitations.notices import tell_accepted
from accounts.invitations.pasted_addresses import Addressee
from accounts.invitations.permissions import is_answered_for, may_invite, stands
from communities import services as communities
from communities.choices import Capability
from communities.models import CommunityPage, Membership, Role, State
from communities.permissions import require_inviting
from communities.rights import NotAllowed, require
from core.editors import is_hub_team
from core.outbox import emit
from core.row_locks import delete_locked
from people.addresses import has_signed_in, owner_of
from people.choices import PersonKind
from people.models import User

ASKED = "accounts.address_invited"
LINK_DUE = "accounts.invitation_link_due"


@dataclass(frozen=True, slots=True)
class Offer:
    """What people are invited to: where they belong, and which part they have in which community.

    For whoever is from outside also why they come, who answers for them, and when that is looked at again.
    """

    kind: str
    community: CommunityPage | None = None
    role: Role | None = None
    organisation: str = ""
    word: str = ""
    sponsor: User | None = None
    purpose: str = ""
    review_on: date | None = None
    into: str = ""


@transaction.atomic
def ask(offer: Offer, addressees: Iterable[Addressee], by: User) -> None:
    """Write down whom somebody invites. Whether anybody signs in with an address is looked up after the commit, so
    that the form takes as long for any address.
    """
    if offer.community is not None:
        communities.one_at_a_time(offer.community.pk)
        require_inviting(by, offer.community, outside=offer.kind != PersonKind.STAFF)
    new: list[Invitation] = []
    known: list[Invitation] = []
    for addressee in addressees:
        made, is_new = _write_down(offer, addressee, by)
        (new if is_new else known).append(made)
    emit(ASKED, new, actor=by, data={"new": True})
    emit(ASKED, known, actor=by, data={"new": False})


def _write_down(offer: Offer, addressee: Addressee, by: User) -> tuple[Invitation, bool]:
    said = {name: getattr(offer, name) for name in Offer.__slots__ if name not in {"community", "into"}}
    names = {"name": addressee.name} if addressee.name else {}
    values = {**said, **names, **_anew(), "invited_by": by, "vouched_by": None, "person": None}
    return Invitation.objects.update_or_create(
        community=offer.community,
        into=offer.into,
        email=addressee.email,
        outcome=InvitationOutcome.OPEN,
        defaults=values,
    )


def _anew() -> dict[str, object]:
    """What begins again when somebody is invited once more: the link that was sent opens nothing from now on."""
    return {"since": timezone.now(), "declined": None, "token_digest": None, "link_until": None, "is_held": False}


@transaction.atomic
def send_again(invitation: Invitation, by: User) -> bool:
    """A new link, or a new question in the hub. Whether the invitation was still open.

    Where the hub team sends it, they answer for it from now on; so does whoever sends what nobody answers for any more.
    """
    if not _lock_open(invitation):
        return False
    _require(invitation, by)
    values = _anew() | ({"vouched_by": by} if is_hub_team(by) else {})
    if not (values.get("vouched_by") or is_answered_for(invitation)):
        values |= {"invited_by": by, "vouched_by": None}
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    invitation.refresh_from_db()
    emit(ASKED, invitation, actor=by, data={"new": False})
    return True


@transaction.atomic
def send_link_again(invitation: Invitation) -> None:
    """A new link to the same address, asked for by whoever opened one that is too old."""
    if invitation.is_open and stands(invitation):
        emit(LINK_DUE, invitation)


@transaction.atomic
def look_up(invitation: Invitation, by: User | None, *, is_new: bool) -> None:
    """Ask whoever signs in with the address that was written down; send a link where nobody does.

    Whoever may not invite any more invites nobody. Where somebody belongs who has an account is what that says, and not
    what was said of them here.
    """
    person = owner_of(invitation.email)
    kind = person.kind if person is not None and has_signed_in(person) else invitation.kind
    if by is None or not may_invite(by, invitation.community, kind, invitation.into):
        if is_new:
            invitation.delete()
        return
    if person is not None and has_signed_in(person):
        _ask_in_the_hub(invitation, person, by)
    elif person is None or person.is_active:
        _ask_by_mail(invitation, person, by)
    else:
        Invitation.objects.filter(pk=invitation.pk).update(person=person)


def _ask_by_mail(invitation: Invitation, person: User | None, by: User) -> None:
    invitation.person, invitation.is_held = person, not stands(invitation)
    invitation.save(update_fields=["person", "is_held"])
    if invitation.community is not None:
        data = {"person": invitation.email, "role": str(invitation.role or "")}
        log(instance=invitation.community, action="communities.invited", user=by, data=data)
    if not invitation.is_held:
        emit(LINK_DUE, invitation, actor=by)


def _ask_in_the_hub(invitation: Invitation, person: User, by: User) -> None:
    """Whoever has an account answers there. What was said of where they belong changes nothing about it."""
    community = invitation.community
    if community is None:
        invitation.delete()  # they are here already
        return
    is_here = communities.lock_with(person, community) and person.is_active
    communities.one_at_a_time(community.pk)  # before the invitation's row, as whoever withdraws it does
    Invitation.objects.filter(pk=invitation.pk).update(person=person)
    if is_here and not _is_asked(community, person, by, invitation.role):
        _settle(invitation, person)


def _is_asked(community: CommunityPage, person: User, by: User, role: Role | None) -> bool:
    """Whether the person has an invitation to answer. Whoever asked is let in, or asks on while nobody is."""
    try:
        return bool(communities.invite(community, person, by, role).state == State.INVITED)
    except (communities.CannotJoin, NotAllowed):
        return False


def _settle(invitation: Invitation, person: User) -> None:
    """They stand among the members already, or among those who asked."""
    if Membership.objects.active().filter(community=invitation.community_id, person=person).exists():
        close(invitation, InvitationOutcome.ACCEPTED, person)
    else:
        Invitation.objects.filter(pk=invitation.pk).delete()


def close(invitation: Invitation, outcome: InvitationOutcome, person: User | None = None) -> None:
    """It is over, one way or the other; its token stays, so that whoever opens the link reads what became of it."""
    values = {"outcome": outcome, "ended": timezone.now(), **({"person": person} if person else {})}
    Invitation.objects.filter(pk=invitation.pk, outcome=InvitationOutcome.OPEN).update(**values)


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> bool:
    """Take an invitation back, whether or not anybody signs in with its address.

    Whether it was still there: its person may have said yes, or somebody else may have been quicker.
    """
    if not _lock_open(invitation):
        return False
    _require(invitation, by)
    if invitation.community is not None:
        communities.take_back(invitation.community.pk, invitation.person_id)
        log(
            instance=invitation.community,
            action="communities.withdrawn",
            user=by,
            data={"person": invitation.email},
        )
    close(invitation, InvitationOutcome.WITHDRAWN)
    return True


def _require(invitation: Invitation, by: User) -> None:
    """Whoever looks after the members sees to their invitations. Asked with the community locked."""
    if invitation.community is not None:
        require(by, Capability.MANAGE_MEMBERS, invitation.community)


def _lock_open(invitation: Invitation) -> bool:
    if invitation.community_id is not None:
        communities.one_at_a_time(invitation.community_id)
    now = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    return now is not None and now.outcome == InvitationOutcome.OPEN


@transaction.atomic
def answered_in_the_hub(membership: Membership) -> None:
    """Somebody stands among the members, or waits: what invited them there is answered."""
    theirs = Q(person=membership.person_id) | Q(email=membership.person.email or "")
    for invitation in Invitation.objects.filter(
        theirs, outcome=InvitationOutcome.OPEN, community=membership.community_id
    ):
        close(invitation, InvitationOutcome.ACCEPTED, membership.person)
        tell_accepted(invitation)


@transaction.atomic
def forget_old() -> None:
    """Remove what has been over for long enough."""
    delete_locked(Invitation.objects.forgettable())
