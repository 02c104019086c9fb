"""What changes the place of a guest. Rights are asked under the locks of community and conversation."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.invitations import services as invitations
from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from accounts.invitations.pasted_addresses import Addressee
from accounts.invitations.targets import Goal
from communities.rights import NotAllowed
from conversations.choices import Level
from conversations.guests.notices import DUE, tell_admitted, tell_ended
from conversations.models import Conversation, Guest, Standing
from conversations.permissions import TalkRights, part_of
from conversations.services.locking import CannotPost, home_of_row, locked, locked_with_rights
from conversations.services.log import note
from core import versions
from core.numbers import LARGEST
from core.outbox import Delivery, emit
from core.row_locks import delete_locked
from core.versions import changed_for
from indexing.documents import key_of
from people.addresses import has_signed_in, owner_of
from people.away import stand_ins_of, stands_in_for
from people.models import User

ASKED = "conversations.guest_asked"
AHEAD = timedelta(days=7)
"""How long before a guest's last day their sponsor is asked."""
JUST_NOW = timedelta(minutes=10)
"""So long an invitation is on its way: whoever invites the same address meanwhile sends nothing."""


@transaction.atomic
def invite(
    conversation: Conversation, offer: invitations.Offer, addressees: Iterable[Addressee], by: User
) -> list[Guest]:
    """Invite people from outside to this conversation alone, on the terms of ``offer``. The answer is who is asked now.

    Whoever was invited a moment ago, by this press or by somebody else, is not asked twice. Whether anybody signs in
    with an address is looked up after the commit: the answer says nothing about it.
    """
    row, part = locked_with_rights(conversation, by)
    if not part.invites:
        raise NotAllowed(part.invites)
    if row.closed or not row.is_whole or not part.is_open:
        raise CannotPost(_("Nobody is invited to what is closed."))
    terms = {"sponsor": offer.sponsor, "purpose": offer.purpose, "until": offer.review_on, "invited_by": by}
    terms |= {"community": row.community, "asked_for": None, "since": timezone.now()}
    known = _invited_just_now(row, addressees := list(addressees))
    addressees = [one for one in addressees if one.email not in known]
    if not addressees:
        return []
    made: list[Guest] = []
    for one in addressees:
        guest, _new = Guest.objects.update_or_create(conversation=row, email=one.email, ended=None, defaults=terms)
        made.append(guest)
    invitations.ask(offer, addressees, by)
    note("invite_guest", row, by)
    versions.changed(row.version_scope)  # its page shows its history
    emit(ASKED, made, actor=by)
    return made


def _invited_just_now(conversation: Conversation, addressees: Iterable[Addressee]) -> set[str]:
    """Those whose invitation is on its way. Whoever said no meanwhile may be asked again."""
    emails = [one.email for one in addressees]
    here = Guest.objects.going_on().where_invited()
    here = here.filter(conversation=conversation, since__gt=timezone.now() - JUST_NOW)
    theirs = Invitation.objects.filter(
        into=key_of(conversation), email=OuterRef("email"), outcome=InvitationOutcome.OPEN
    )
    waits = here.filter(email__in=emails).exclude(Exists(theirs.exclude(declined=None)))
    return set(waits.values_list("email", flat=True))


def look_up(deliveries: Iterable[Delivery]) -> None:
    """Let in whoever has an account. Everybody else has a link by e-mail, and comes in when they first sign in."""
    for delivery in deliveries:
        guest = Guest.objects.going_on().filter(pk=delivery.subject_pk).first()
        owner = owner_of(guest.email) if guest is not None else None
        if guest is None or owner is None or not has_signed_in(owner):
            continue
        if guest.person_id == owner.pk:
            tell_admitted(guest)  # invited once more
        else:
            _admit(guest, owner)


@transaction.atomic
def _admit(guest: Guest, person: User) -> None:
    """The address is this person's: once, however many ask at the same moment. Whoever works here is nobody's guest:
    they are asked to join.
    """
    if person.is_insider or not person.is_active:
        return
    mine = Guest.objects.going_on().filter(pk=guest.pk, email=person.email, person=None)
    if not mine.update(person=person):
        return
    guest.person = person
    Standing.objects.get_or_create(
        person=person, conversation_id=guest.conversation_id, defaults={"level": Level.FOLLOW}
    )
    changed_for([person.pk])
    tell_admitted(guest)


def admit_all(person: User) -> None:
    """Whoever signs in comes into the conversations to which their proved address was invited."""
    if person.is_insider or not person.email:
        return
    for guest in Guest.objects.going_on().filter(email=person.email, person=None):
        _admit(guest, person)


def note_came(conversation: Conversation, person: User) -> None:
    """They opened it: from now on everybody there reads their name."""
    mine = Guest.objects.filter(conversation=conversation, person=person, came=None, ended=None)
    mine.update(came=timezone.now())


def may_see_to(guest: Guest, part: TalkRights) -> bool:
    """Whoever may invite there, and whoever answers for them, or stands in today for who does and could answer."""
    if part.invites or guest.sponsor_id is None:
        return bool(part.invites)
    person = part.person
    if guest.sponsor_id == person.pk:
        return True
    return isinstance(person, User) and guest.sponsor_id in stands_in_for(person.pk) and answers(person, part)


def has_left(person: User, conversation: int) -> bool:
    """Whether they were a guest there until they left, and are none now."""
    theirs = Guest.objects.filter(conversation=min(conversation, LARGEST), person=person)
    return theirs.filter(ended_by=person).exists() and not theirs.going_on().exists()


@transaction.atomic
def end(guest: Guest, by: User) -> None:
    """They read it no more, from this moment: what they were about to send is refused."""
    row, part = locked_with_rights(guest.conversation, by)
    mine = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    if mine.ended is not None:
        return
    if mine.person_id != by.pk and not may_see_to(mine, part):
        raise NotAllowed(part.invites)
    mine.ended, mine.ended_by = timezone.now(), by
    mine.save(update_fields=["ended", "ended_by"])
    _take_back_the_link(mine, by)
    note("end_guest", row, by)
    versions.changed(row.version_scope)
    if mine.person_id is not None:
        changed_for([mine.person_id])
        if mine.person_id != by.pk:
            tell_ended(mine, by)


def follow_posts(conversation: Conversation, _other: object) -> None:
    """The conversation was moved, or put into another one: whoever was invited to it reads it no more, and hears so. An
    undo brings them back, and nothing is said of it any more.
    """
    here = Guest.objects.going_on().filter(conversation=conversation)
    for guest in here.filter(person__isnull=False).exclude(pk__in=here.where_invited().values("pk")):
        tell_ended(guest, None)
    changed_for(here.filter(person__isnull=False).values_list("person_id", flat=True))


def _take_back_the_link(guest: Guest, by: User) -> None:
    waiting = Invitation.objects.filter(
        into=key_of(guest.conversation), email=guest.email, outcome=InvitationOutcome.OPEN
    )
    for invitation in waiting:
        invitations.withdraw(invitation, by)


@transaction.atomic
def keep(guest: Guest, until: date, by: User) -> None:
    """They stay until another day. Where nobody answers for them any more, ``by`` does from now on."""
    row, part = locked_with_rights(guest.conversation, by)
    mine = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    if not may_see_to(mine, part):
        raise NotAllowed(part.invites)
    if mine.ended is not None:
        raise CannotPost(_("They are no guest here any more. Invite them again."))
    if mine.community_id != row.community_id:
        raise CannotPost(_("This was moved since they were invited, and they read nothing here. Invite them again."))
    if not Guest.objects.answered_for().filter(pk=mine.pk).exists():
        if not answers(by, part):
            raise CannotPost(_("Only somebody who works here and belongs to the community answers for a guest."))
        mine.sponsor = by
    elif (mine.until, mine.asked_for) == (until, None):
        return  # pressed twice
    mine.until, mine.asked_for = until, None
    mine.save(update_fields=["until", "asked_for", "sponsor"])
    note("keep_guest", row, by)
    versions.changed(row.version_scope)
    changed_for(pk for pk in (mine.person_id, mine.sponsor_id, *stand_ins_of([mine.sponsor_id or 0])) if pk)


@transaction.atomic
def take_over(guest: Guest, before: User, to: User, by: User) -> None:
    """``to`` answers for them instead of ``before``, who leaves. Whoever calls has asked whether they may."""
    row = locked(guest.conversation)
    mine = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    if mine.ended is not None or mine.sponsor_id != before.pk:
        raise CannotPost(_("Somebody else has this by now."))
    mine.sponsor, mine.asked_for = to, None
    mine.save(update_fields=["sponsor", "asked_for"])
    note("keep_guest", row, by)
    versions.changed(row.version_scope)
    changed_for(pk for pk in (mine.person_id, before.pk, to.pk) if pk)


def answers(person: User, part: TalkRights) -> bool:
    """Whether they may answer for guests: somebody who works here, and belongs to the community."""
    return person.is_active and person.is_insider and part_of(person, part.community).is_member


@transaction.atomic
def ask_sponsors() -> None:
    """Ask about guests whose last day is near, or for whom nobody answers any more: once for each last day."""
    soon = Q(until__lte=timezone.localdate() + AHEAD)
    unanswered = ~Q(pk__in=Guest.objects.answered_for().values("pk"))
    asked = Q(asked_for__isnull=False, asked_for=F("until"))
    going_on = Guest.objects.going_on().where_invited()
    due = list(going_on.filter(soon | unanswered).exclude(asked).select_for_update(of=("self",)))
    emit(DUE, due)
    for guest in due:
        Guest.objects.filter(pk=guest.pk).update(asked_for=guest.until)


@transaction.atomic
def forget_old() -> None:
    """Addresses of guests whose stay is long over."""
    delete_locked(Guest.objects.forgettable())


def may_invite_to(person: User, key: str) -> bool:
    """Whether ``person`` may still invite to the conversation of this key: asked when the link is sent and opened."""
    row = Conversation.objects.select_related("community").filter(pk=key, closed=None, merged_into=None).first()
    return row is not None and bool(part_of(person, home_of_row(row)).invites)


def goal(key: str, email: str) -> Goal | None:
    """The conversation of this key for whoever has this address, as long as they would come in."""
    places = Guest.objects.going_on().answered_for().filter(conversation=key, email=email)
    here = places.filter(conversation__closed=None, conversation__merged_into=None, conversation__withheld=None)
    place = here.filter(conversation__community=F("community")).select_related("conversation", "community").first()
    if place is None:
        return None
    return Goal(place.conversation.title, place.community.title, place.conversation.url)
