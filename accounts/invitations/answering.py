"""What the link of an invitation opens, for whom, and what an answer does."""

from enum import Enum

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from accounts.invitations.notices import tell_accepted
from accounts.invitations.permissions import stands
from accounts.invitations.services import close
from accounts.invitations.tokens import digest
from accounts.sign_on.services import Admission
from accounts.stays import services as stays
from communities import services as communities
from communities.models import Membership
from core.audiences import Viewer
from people import addresses
from people.choices import PersonKind
from people.fields import one_address
from people.models import User


class LinkStanding(Enum):
    """What somebody who opens the link can do."""

    OVER = "over"  # withdrawn, too old altogether, or nobody answers for it any more
    USED = "used"
    OLD = "old"  # the link is; a new one can be sent
    NEW = "new"  # nobody has the address: name, password
    SIGN_IN = "sign-in"  # the address has an account by now
    JOIN = "join"  # that account's person has opened it
    SOMEBODY_ELSE = "somebody-else"  # is signed in here


class NotOpen(Exception):
    """The link opens this no more: it was used or taken back at the same moment."""


def standing(invitation: Invitation, viewer: Viewer) -> LinkStanding:
    """One question for the page and for what it posts."""
    if invitation.outcome == InvitationOutcome.ACCEPTED:
        return LinkStanding.USED
    owner = addresses.owner_of(invitation.email)
    if not invitation.is_open or not stands(invitation) or not (owner is None or owner.is_active):
        return LinkStanding.OVER
    if viewer.is_authenticated:
        return LinkStanding.JOIN if owner is not None and viewer.pk == owner.pk else LinkStanding.SOMEBODY_ELSE
    if owner is not None and addresses.has_signed_in(owner):
        return LinkStanding.SIGN_IN
    return LinkStanding.NEW if invitation.has_link else LinkStanding.OLD


@transaction.atomic
def make_account(invitation: Invitation, token: str, name: str, password: str | None) -> User:
    """The account of somebody who says yes: signed on to the hub, and to the community with the part they were offered.

    Without a ``password`` they sign on with their organisation. Whoever holds the token reads the mail of the address,
    so that it counts as proved. Raises ``NotOpen`` where the link was used, replaced or taken back meanwhile.
    """
    known = _lock(invitation, addresses.owner_of(invitation.email), token)
    person = known or User(email=invitation.email, kind=invitation.kind, organisation=invitation.organisation)
    if known is not None and (addresses.has_signed_in(known) or not known.is_active):
        raise NotOpen
    person.name = name
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:  # the address got an account at the same moment, by another door
        raise NotOpen from taken
    addresses.settle(person)
    _take_in(invitation, person)
    return person


@transaction.atomic
def accept_as(invitation: Invitation, token: str, person: User) -> Membership | None:
    """Whoever has an account with the address says yes. Raises ``NotOpen`` as ``make_account`` does."""
    return _take_in(invitation, _lock(invitation, person, token) or person)


@transaction.atomic
def decline(invitation: Invitation) -> None:
    """No, thank you. The facilitators are not told: they see the address until it expires."""
    Invitation.objects.filter(pk=invitation.pk, outcome=InvitationOutcome.OPEN).update(
        declined=timezone.now(), link_until=timezone.now()
    )


def _lock(invitation: Invitation, person: User | None, token: str) -> User | None:
    """Lock account, community and invitation, in the order in which everybody does, and look again.

    The account as it is now is the answer. A directory or the hub team may have given it another address, or somebody
    else this one: then the link is not theirs.
    """
    if person is not None:
        User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    if invitation.community is not None:
        communities.one_at_a_time(invitation.community.pk)
    owner = owner_now(invitation)
    if (owner and owner.pk) != (person and person.pk):
        raise NotOpen
    person = owner
    now = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    is_good = now is not None and now.is_open and now.token_digest == digest(token)
    is_in_time = person is not None and addresses.has_signed_in(person)
    if now is None or not is_good or not (is_in_time or now.has_link) or not stands(now):
        raise NotOpen
    return person


def owner_now(invitation: Invitation) -> User | None:
    """Whose address it is, asked once more when nobody can change that any more."""
    return addresses.owner_of(invitation.email)


def _take_in(invitation: Invitation, person: User) -> Membership | None:
    _begin_stay(invitation, person)
    close(invitation, InvitationOutcome.ACCEPTED, person)
    tell_accepted(invitation)
    by = invitation.answers_for_it
    if invitation.community is None or by is None:
        return None
    return communities.bring_in(invitation.community, person, by, invitation.role)


def _begin_stay(invitation: Invitation, person: User) -> None:
    """Somebody from outside is here for a reason, and until a day. Whoever was here keeps what was agreed before."""
    is_agreed = invitation.review_on is not None and not hasattr(person, "stay")
    if person.kind != PersonKind.STAFF and is_agreed and invitation.review_on is not None:
        sponsor = invitation.sponsor if invitation.sponsor and invitation.sponsor.is_active else None
        terms = stays.StayTerms(sponsor, invitation.purpose, invitation.review_on)
        stays.begin(person, terms, by=invitation.answers_for_it)


@transaction.atomic
def begin_stay_of(person: User) -> None:
    """The stay of somebody from outside whom an invitation made come, and who has not answered it yet.

    Whoever had an account of their own before is asked in the hub, and agrees to nothing by signing in: otherwise
    whoever invites them would answer for them, and could switch their account off.
    """
    if person.kind == PersonKind.STAFF or not person.email:
        return
    came_by_it = Q(since__lte=person.date_joined) | Q(token_digest__isnull=False)
    waiting = Invitation.objects.open().filter(came_by_it, email=person.email).exclude(review_on=None)
    for invitation in waiting.select_related("community", "invited_by", "vouched_by", "sponsor"):
        if stands(invitation):
            _begin_stay(invitation, person)
            return


def admission_by_invitation(_request: HttpRequest, email: str) -> Admission | None:
    """Single sign-on lets in whom an invitation waits for, as what it says."""
    waiting = Invitation.objects.open().filter(email=one_address(email), is_held=False)
    for invitation in waiting.select_related("community", "invited_by", "vouched_by"):
        if stands(invitation):
            return Admission(invitation.kind, invitation.organisation)
    return None
