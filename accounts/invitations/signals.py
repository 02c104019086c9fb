"""What follows here from what happens in communities."""

from allauth.account.signals import user_logged_in

from accounts.invitations import answering, services
from communities.models import Membership
from communities.models.membership_querysets import came_in
from people.models import User


def listen() -> None:
    came_in.connect(on_came_in, dispatch_uid="accounts.came_in")
    user_logged_in.connect(on_signed_in, dispatch_uid="accounts.invited_signed_in")


def on_came_in(membership: Membership, **_kwargs: object) -> None:
    """Whoever stands among the members, or waits for a place, is invited no more."""
    services.answered_in_the_hub(membership)


def on_signed_in(user: User, **_kwargs: object) -> None:
    """Whoever was invited and came by single sign-on is here on the terms of the invitation, whatever they answer."""
    answering.begin_stay_of(user)
