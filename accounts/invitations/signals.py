"""What follows here from what happens in communities."""

from allauth.account.signals import user_logged_in
from allauth.socialaccount.models import SocialAccount

from accounts.invitations import answering, services
from accounts.scim.models import DirectoryPerson
from accounts.stays import services as stays
from communities.models import Membership
from communities.models.membership_querysets import came_in
from people.choices import PersonKind
from people.models import User


def listen() -> None:
    came_in.connect(on_came_in, dispatch_uid="accounts.came_in")
    user_logged_in.connect(on_signed_in, dispatch_uid="accounts.invited_signed_in")


def on_came_in(membership: Membership, **_kwargs: object) -> None:
    """Whoever stands among the members, or waits for a place, is invited no more."""
    services.answered_in_the_hub(membership)


def on_signed_in(user: User, **_kwargs: object) -> None:
    """Whoever was invited and came by single sign-on is here on the terms of the invitation, whatever they answer. Who
    works for a partner and came without one, by sign-on or from a directory, is here until somebody looks at it, too.
    """
    answering.begin_stay_of(user)
    if user.kind == PersonKind.PARTNER and _came_from_their_organisation(user):
        stays.begin_without_terms(user)


def _came_from_their_organisation(user: User) -> bool:
    by_directory = DirectoryPerson.objects.filter(person=user, made=True)
    return SocialAccount.objects.filter(user=user).exists() or by_directory.exists()
