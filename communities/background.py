"""What communities do after the commit: looking up who was invited."""

from collections.abc import Sequence

from communities import services
from communities.models import Invitation
from core.outbox import Delivery
from people.models import User


def look_up(events: Sequence[Delivery]) -> None:
    """Invite whoever signs in with the addresses that were written down, as far as nobody took them back."""
    for event in events:
        invitation = Invitation.objects.select_related("community").filter(pk=event.subject_pk).first()
        if invitation is not None:
            by = User.objects.filter(pk=event.actor).first()
            services.look_up(invitation, by, is_new=event.data["new"])
