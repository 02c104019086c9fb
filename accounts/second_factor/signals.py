"""What follows from setting a second factor up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.second_factor.rule import MAIN_TYPES
from accounts.sessions import services as sessions
from people.models import User


def listen() -> None:
    signals.authenticator_added.connect(on_added, dispatch_uid="accounts.second_factor.added")


def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: object) -> None:
    """The session that set it up has just shown it; the others are older than it, and end."""
    if authenticator.type in MAIN_TYPES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        sessions.end_others(user, request.session.session_key)
