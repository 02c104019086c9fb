"""The mail server: it can be reached, lets the hub in and takes its sender."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from core.branding import branding
from core.doctor import Complaint

PATIENCE = 10  # seconds
ACCEPTED = 250


def mail() -> Iterator[Complaint]:
    sender = branding().sender_address
    if not sender:
        yield Complaint("E-mails have no sender.", "Set DEFAULT_FROM_EMAIL, or Settings → The hub in the editor.")
    carrier = get_connection(settings.EMAIL_CARRIER, fail_silently=False)
    if isinstance(carrier, EmailBackend):
        yield from _asked(carrier, sender)
    elif settings.IN_PRODUCTION:
        yield Complaint("E-mails do not leave the hub.", "Set EMAIL_URL to your mail server.")


def _asked(carrier: EmailBackend, sender: str) -> Iterator[Complaint]:
    where = f"{carrier.host}:{carrier.port}"
    carrier.timeout = min(carrier.timeout or PATIENCE, PATIENCE)
    try:
        carrier.open()
        code, answer = _offered(carrier.connection, sender)
    except smtplib.SMTPAuthenticationError as error:
        yield Complaint(f"The mail server {where} refuses the hub: {_words(error.smtp_error)}", "Look at EMAIL_URL.")
    except (OSError, smtplib.SMTPException) as error:
        hangs = "timed out" in str(error)  # smtplib says so in an error of another kind, too
        said = f"did not answer within {carrier.timeout} seconds." if hangs else f"cannot be reached: {_words(error)}"
        help_ = "See that it runs, that EMAIL_URL names it and no firewall stands between. E-mails wait meanwhile."
        yield Complaint(f"The mail server {where} {said}", help_)
    else:
        if code != ACCEPTED:
            said = f"The mail server {where} does not take {sender} as a sender: {code} {_words(answer)}"
            yield Complaint(said, "Allow it there, or choose another one under Settings → The hub.")
    finally:
        with suppress(OSError, smtplib.SMTPException):
            carrier.close()


def _offered(server: smtplib.SMTP | None, sender: str) -> tuple[int, bytes]:
    """What the server says to an e-mail from ``sender``, which is not sent."""
    if server is None or not sender:
        return ACCEPTED, b""
    server.ehlo_or_helo_if_needed()
    return server.mail(sender)


def _words(said: object) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())
