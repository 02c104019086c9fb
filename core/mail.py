"""E-mail that the hub writes by itself, and whom its readers can turn to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from core.outbox import Delivery
from core.outbox.consumers import Unavailable

BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""What tells mail programs that nobody wrote this: they send no note of absence back (RFC 3834, and Exchange's own)."""


class HubMail(EmailMultiAlternatives):
    """Every e-mail of the hub is one of these; a test finds whoever sends another."""

    def __init__(self, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, headers={**BY_MACHINE, **(headers or {})}, **kwargs)


class MarkedByMachine(BaseEmailBackend):
    """The backend of all e-mails, whoever wrote them: Wagtail's own to moderators and editors are marked here.

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
            message.extra_headers = {**BY_MACHINE, **message.extra_headers}
        return self.carrier.send_messages(email_messages)


def deliver(message: HubMail, event: Delivery) -> None:
    """Hand the e-mail that an event calls for to the mail server. While there is none to talk to, all e-mails wait.

    A process that is killed before it could say that the e-mail is sent leads to a second one, with the same
    ``Message-ID``: mail programs show it once.
    """
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message.extra_headers["Message-ID"] = f"<{event.event.hex}@{host}>"
    message.connection = get_connection()
    try:
        message.connection.open()
    except OSError as error:
        raise Unavailable(str(error)) from error
    try:
        message.send()
    finally:
        with suppress(OSError):
            message.connection.close()


@dataclass(frozen=True)
class Contact:
    """Whom a reader can turn to."""

    name: str
    email: str


def contact() -> Contact:
    """The hub's team: ``HUB_CONTACT``, or the sender of the hub's e-mails where there is none."""
    name, email = parseaddr(settings.HUB_CONTACT)
    return Contact(name or _("the hub’s team"), email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
