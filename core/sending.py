"""Handing e-mails to the mail server, and what it says to each.

- It takes it, or falls silent after it was given all of it: it may have taken it then, and it is not sent again.
- It refuses the address for good: nothing is sent there any more (``core.dead_addresses``).
- It refuses it for another reason (``NotTaken``): that e-mail is tried again, and holds up no other.
- There is none to talk to (``Unavailable``): all e-mails wait.
"""

import logging
from contextlib import suppress
from enum import Enum
from smtplib import SMTP, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Self

from django.core.mail import get_connection, message as mail
from django.core.mail.backends.base import BaseEmailBackend

from core.dead_addresses import services as dead_addresses
from core.dead_addresses.refusals import says_dead
from core.outbox.consumers import Unavailable

logger = logging.getLogger(__name__)
CLOSING = 421  # the server will not go on with this connection


class ServerReply(Enum):
    TAKEN = "taken"
    SILENT = "silent"  # given all of it, and no word came back
    DEAD = "dead"  # the address is refused for good, or was before


class NotTaken(Exception):
    """An e-mail that the mail server surely did not take: it is sent another time."""


class ConnectionCut(Exception):
    """The line was cut before the server was given the e-mail."""


class MailConnection:
    """A connection to the mail server, for one e-mail or many: opened with the first, and again where it is cut."""

    def __enter__(self) -> Self:
        self.backend: BaseEmailBackend = get_connection()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._close()

    def send(self, message: mail.EmailMessage) -> ServerReply:
        """One e-mail to one address. NotTaken and Unavailable where it has to be sent another time."""
        (address,) = message.to
        if dead_addresses.is_dead(address):
            return ServerReply.DEAD
        try:
            self._open()
            return self._hand_over(message, address)
        except ConnectionCut:
            self._close()
            self._open()
        try:
            return self._hand_over(message, address)
        except ConnectionCut as error:
            raise Unavailable(str(error)) from error

    def _hand_over(self, message: mail.EmailMessage, address: str) -> ServerReply:
        message.connection = self.backend
        given = SmtpHandover(self.backend)
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            if not says_dead(code, words):
                raise NotTaken(str(error)) from error
            dead_addresses.stop(address, reason=f"{code} {_text(words)}")
            return ServerReply.DEAD
        except SMTPResponseException as error:
            if error.smtp_code == CLOSING and not given.all_of_it:
                raise ConnectionCut(str(error)) from error
            raise NotTaken(str(error)) from error
        except ValueError as error:  # an address that is none
            raise NotTaken(str(error)) from error
        except OSError as error:
            if not given.all_of_it:
                raise ConnectionCut(str(error)) from error
            number = message.extra_headers.get("Message-ID")
            logger.warning("The mail server did not say whether it took %s: %s", number, error)
            self._close()  # what it says later would be taken for the answer to the next e-mail
            return ServerReply.SILENT
        return ServerReply.TAKEN

    def _open(self) -> None:
        """Where it is open already, nothing is done."""
        try:
            self.backend.open()
        except OSError as error:
            raise Unavailable(str(error)) from error

    def _close(self) -> None:
        with suppress(OSError):
            self.backend.close()


class SmtpHandover:
    """Whether a server was given the words of an e-mail; until then it cannot have taken it."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        smtp: Any = getattr(getattr(backend, "carrier", backend), "connection", None)
        self.all_of_it = not isinstance(smtp, SMTP)
        if isinstance(smtp, SMTP):
            smtp.data = self._data(smtp)  # type: ignore[method-assign]  # one line for each connection

    def _data(self, smtp: SMTP) -> Any:
        def data(words: Any) -> Any:
            self.all_of_it = True
            return type(smtp).data(smtp, words)

        return data


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
