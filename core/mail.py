"""E-mail that the hub writes by itself, and whom its readers can turn to."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.branding import Contact, branding
from core.message_ids import message_id
from core.outbox import Delivery
from core.sending import MailConnection

BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""What tells mail programs that nobody wrote this: they send no note of absence back (RFC 3834, and Exchange's own)."""


class HubMail(EmailMultiAlternatives):
    """Every e-mail of the hub is one of these; a test finds whoever sends another."""

    def __init__(self, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, headers={**BY_MACHINE, **(headers or {})}, **kwargs)
        self.from_email = sender_of(self.from_email)


def sender_of(from_email: str) -> str:
    """Who sends an e-mail: the hub, where nobody else was named."""
    return branding().sender if from_email in {"", settings.DEFAULT_FROM_EMAIL} else from_email


class MarkedByMachine(BaseEmailBackend):
    """The backend of all e-mails, whoever wrote them: Wagtail's own to moderators and editors are marked here, and
    come from the hub's sender.

    ``EMAIL_CARRIER`` names the backend that takes them on.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: object) -> None:
        super().__init__(fail_silently)
        self.carrier: BaseEmailBackend = get_connection(settings.EMAIL_CARRIER, fail_silently=fail_silently, **kwargs)

    def open(self) -> bool | None:
        return self.carrier.open()

    def close(self) -> None:
        self.carrier.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message.from_email = sender_of(message.from_email)
            message.extra_headers = {**BY_MACHINE, **message.extra_headers}
        return self.carrier.send_messages(email_messages)


def deliver(message: HubMail, event: Delivery) -> None:
    """Hand the e-mail that an event calls for to the mail server (``core.sending`` says what can come of it).

    A process that is killed before it could say that the e-mail is sent leads to a second one, with the same
    ``Message-ID``: mail programs show it once.
    """
    message.extra_headers["Message-ID"] = message_id(event.event.hex, message.to[0])
    with MailConnection() as line:
        line.send(message)


def contact() -> Contact:
    """The hub's team, or the sender of the hub's e-mails where nobody is named."""
    return branding().contact
