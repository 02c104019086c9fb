"""When other sessions end: a switched-off account, a new password, another address; and a device that nobody knew."""

from allauth.account import signals
from allauth.core import context
from django.http import HttpRequest

from accounts.sessions import notices, services
from accounts.sessions.models import SignedInSession
from people import login_attempts
from people.models import User
from people.presence import address_changed, presence_changed


def listen() -> None:
    signals.user_logged_in.connect(on_signed_in, dispatch_uid="accounts.sessions.signed_in")
    for made in (signals.password_changed, signals.password_set, signals.password_reset):
        made.connect(on_new_password, dispatch_uid="accounts.sessions.new_password")
    presence_changed.connect(on_presence, dispatch_uid="accounts.sessions.presence")
    address_changed.connect(on_new_address, dispatch_uid="accounts.sessions.address")


def on_signed_in(request: HttpRequest, user: User, **_kwargs: object) -> None:
    """Tell them where a device that they have not used before was let in. Their first one is no news."""
    if not login_attempts.knows(request, user) and SignedInSession.objects.filter(person=user).exists():
        notices.tell_new_device(request, user)


def on_new_password(request: HttpRequest, user: User, **_kwargs: object) -> None:
    """Django believes the old ones no longer; they go from the list, too."""
    services.end_others(user, request.session.session_key if request.user.is_authenticated else None)


def on_presence(sender: type[User], people: list[int], **_kwargs: object) -> None:
    """A switched-off account has no sessions, and none wake up when it is switched on again."""
    services.end(SignedInSession.objects.filter(person__in=people, person__is_active=False))


def on_new_address(sender: type[User], person: User, **_kwargs: object) -> None:
    """All but the one in which they proved it themselves."""
    request = context.request
    own = request is not None and getattr(request, "user", None) == person
    services.end_others(person, request.session.session_key if own else None)
