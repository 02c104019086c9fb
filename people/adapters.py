"""How allauth lets people in, what it believes about an address, and how it writes to them."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.branding import branding
from core.devices import device_name
from core.languages import in_language_of
from core.letters import letter
from core.network import client_address
from core.outbox import emit
from people import addresses, login_attempts
from people.models import User

logger = logging.getLogger(__name__)
LINKS = ("activate_url", "password_reset_url")  # as allauth calls them
UNSENT = "An e-mail about an account was not sent (%s)."
NOT_SENT = "people.word_of_account_not_sent"


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff come from the organisation, residents are invited to a community."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or ask for a new password."
        ),
        "too_many_login_attempts": _(
            "Too many wrong passwords from here. Wait a quarter of an hour, sign in on a device that you have used "
            "before, or ask for a new password."
        ),
        "duplicate_email": _("This is the address that you sign in with already."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # -- who somebody is -----------------------------------------------------------------------------------------------
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: str | None) -> Any:
        """Check a password, within the limits of ``people.login_attempts``."""
        attempt = login_attempts.begin(request, credentials.get("email") or "")
        if attempt is None:
            raise self.validation_error("too_many_login_attempts")
        person = super().authenticate(request, **credentials)
        if person:
            attempt.succeeded()
        return person

    def pre_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse | None:
        """Whoever comes after their last day, by whatever way, reads that the account is closed; no session begins."""
        if user.is_over:
            clear_login(request)
            closed: HttpResponse = self.respond_user_inactive(request, user)
            return closed
        answer: HttpResponse | None = super().pre_login(request, user, **how)
        return answer

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether the password is theirs; asked for by the account's own address, whatever allauth's rows say."""
        person = self.authenticate(self.request, email=user.email, password=password)
        is_theirs = person is not None and person.pk == user.pk
        if is_theirs:
            self.request.session.cycle_key()  # a password typed again is a sign-in: the old token ends
        return is_theirs

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Whoever has a second factor is asked for it before a change: the password is what others may know."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return sorted(factors, key=lambda method: ":webauthn" not in method["id"]) or methods  # a passkey is one press

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Let a proved address take the place of the old one, and tell the old one so."""
        try:
            before = addresses.prove(email_address)
        except addresses.AddressTaken:
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        person, after = email_address.user, email_address.email
        signals.email_confirmed.send(sender=EmailAddress, request=request, email_address=email_address)
        self.add_message(request, messages.SUCCESS, "account/messages/email_confirmed.txt", {"email": after})
        told = {"from_email": before, "to_email": after}
        self.send_notification_mail("account/email/email_changed", person, told, email=before)
        return True

    # -- what is written to them ---------------------------------------------------------------------------------------
    def get_from_email(self) -> str:
        return branding().sender

    def format_email_subject(self, subject: str) -> str:
        return f"{branding().name}: {subject}"

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """In the language of whoever has the account, as plain text and in the hub's look."""
        hub = branding()
        known = {"hub_name": hub.name, "body_name": hub.body, "contact": hub.contact, **context}
        links = [context.get(name, "") for name in LINKS]
        with in_language_of(context.get("user")):
            made = super().render_mail(template_prefix, email, known, headers)
            return letter(made.subject, made.body, made.to, links=links, from_email=made.from_email, headers=headers)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """What e-mails about an account call the device."""
        return device_name(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away breaks no page; the page says whom to turn to when nothing comes."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception(UNSENT, template_prefix)
            _tell_later(template_prefix, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody what changed, at their own address."""
        if address := email or user.email:
            super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, address)

    def send_account_notice(
        self, template_prefix: str, user: User, context: dict[str, Any], email: str | None = None
    ) -> None:
        """Tell somebody what others did with their account, or a command: nothing of the request is in it."""
        if address := email or user.email:
            told = {"user": user, **context}
            message = self.render_mail(template_prefix, address, told)
            try:
                message.send()
            except (OSError, SMTPException):
                logger.exception(UNSENT, template_prefix)
                _tell_later(template_prefix, address, told)


def _tell_later(template_prefix: str, address: str, context: dict[str, Any]) -> None:
    """What tells somebody of their own account is told later, as a notice of security. A link is asked for again by
    whoever needs it, and an address that is theirs no more is written to by nobody.
    """
    person = context.get("user")
    if isinstance(person, User) and person.email == address and not any(name in context for name in LINKS):
        emit(NOT_SENT, person, data={"about": template_prefix})
