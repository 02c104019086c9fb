"""What follows from signing in and from a new password."""

from typing import Any

from allauth.account import signals
from django.http import HttpRequest, HttpResponse

from people import addresses, attempts
from people.models import User


def listen() -> None:
    """Hear what allauth does with accounts."""
    signals.user_logged_in.connect(on_signed_in, dispatch_uid="people.signed_in")
    for made in (signals.password_changed, signals.password_set, signals.password_reset):
        made.connect(on_new_password, dispatch_uid="people.new_password")
    signals.email_added.connect(on_claim, dispatch_uid="people.claim")


def on_signed_in(request: HttpRequest, response: HttpResponse, user: User, **_kwargs: Any) -> None:
    """The device is known from now on."""
    attempts.remember(request, response, user)


def on_new_password(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """What was guessed, and what was claimed with the old password, counts no more."""
    attempts.forget(request, user)
    addresses.drop_claims(user)


def on_claim(request: HttpRequest, user: User, email_address: Any, **_kwargs: Any) -> None:
    """Tell the address that counts what another is to take its place."""
    from allauth.account.adapter import get_adapter  # noqa: PLC0415 (the adapter asks this room's models)

    get_adapter(request).send_notification_mail("account/email/email_claimed", user, {"claimed": email_address.email})
