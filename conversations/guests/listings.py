"""Who from outside reads a conversation, for everybody in it and for those who see to them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import SimpleLazyObject

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from communities.models import Membership
from conversations.guests.services import may_see_to
from conversations.models import Conversation, Guest
from conversations.permissions import TalkRights
from core.audiences import Viewer
from indexing.documents import key_of


def guests_of(conversation: Conversation, reader: Viewer) -> list[Guest]:
    """Those who came and read it now besides ``reader``, looked up where ``get_part`` has seen that there are any."""
    if not getattr(conversation, "has_guests", False):
        return []
    found: list[Guest] = SimpleLazyObject(lambda: list(_present(conversation, reader)))  # type: ignore[assignment]  # it is one once it is asked
    return found


def _present(conversation: Conversation, reader: Viewer) -> QuerySet[Guest]:
    """Whoever became a member since is no guest any more."""
    here: QuerySet[Guest] = Guest.objects.admitted().filter(conversation=conversation).exclude(came=None)
    here = here.exclude(person=reader.pk)
    members = Membership.objects.active().filter(community=OuterRef("community"), person=OuterRef("person"))
    return here.exclude(Exists(members)).select_related("person").order_by("came")


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest for those who see to them."""

    guest: Guest
    is_where_invited: bool
    is_answered_for: bool
    said_no: bool
    may_see_to: bool


def rows_of(conversation: Conversation, part: TalkRights) -> list[GuestRow]:
    """Those whose stay nobody has ended, the one whose last day is next first."""
    answered = Guest.objects.answered_for().filter(pk=OuterRef("pk"))
    declined = Invitation.objects.filter(
        into=key_of(conversation), email=OuterRef("email"), outcome=InvitationOutcome.OPEN
    )
    declined = declined.exclude(declined=None)
    found = (
        Guest.objects.filter(conversation=conversation)
        .going_on()
        .select_related("person", "sponsor")
        .annotate(answered=Exists(answered), said_no=Exists(declined))
    )
    return [
        GuestRow(
            guest,
            guest.community_id == conversation.community_id,
            guest.answered,
            guest.said_no,
            may_see_to(guest, part),
        )
        for guest in found.order_by("until", "pk")
    ]
