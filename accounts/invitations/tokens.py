"""The secret in the link of an invitation. The database holds its digest, so that a copy of it opens nothing."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation

GOOD_FOR = timedelta(days=7)


def token_of(event: UUID, invitation_pk: int) -> str:
    """The token for one e-mail. It follows from the event's random number and the hub's key, so that an e-mail that is
    sent a second time, after a process was killed, has the link of the first.
    """
    made = salted_hmac("accounts.invitations.link", f"{invitation_pk}:{event.hex}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()).rstrip(b"=").decode()


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def renew(invitation: Invitation, token: str) -> bool:
    """Make ``token`` the only good one, for seven days from now. False where the invitation is over."""
    values = {"token_digest": digest(token), "link_until": timezone.now() + GOOD_FOR}
    return bool(Invitation.objects.filter(pk=invitation.pk, outcome=InvitationOutcome.OPEN).update(**values))


def found_by(token: str) -> Invitation | None:
    """The invitation whose newest link has this token."""
    related = ("community", "invited_by", "vouched_by", "sponsor", "person")
    found: Invitation | None = Invitation.objects.select_related(*related).filter(token_digest=digest(token)).first()
    return found
