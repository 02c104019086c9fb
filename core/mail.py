"""E-mail that the hub writes by itself, and whom its readers can turn to."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""What tells mail programs that nobody wrote this: they send no note of absence back (RFC 3834, and Exchange's own)."""


class HubMail(EmailMultiAlternatives):
    """Every e-mail of the hub is one of these; a test finds whoever sends another."""

    def __init__(self, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, headers={**BY_MACHINE, **(headers or {})}, **kwargs)


@dataclass(frozen=True)
class Contact:
    """Whom a reader can turn to."""

    name: str
    email: str


def contact() -> Contact:
    """The hub's team: ``HUB_CONTACT``, or the sender of the hub's e-mails where there is none."""
    name, email = parseaddr(settings.HUB_CONTACT)
    return Contact(name or _("the hub’s team"), email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
