"""The ``Message-ID`` of the hub's e-mails: the same each time one is sent, and signed for whom it was.

Mail programs show an e-mail once that came twice. Whoever sends us a report that an e-mail came back has to name its
``Message-ID``: by the signature we know that we wrote it, and to that address.
"""

from hashlib import sha256

from django.utils.crypto import constant_time_compare, salted_hmac

from core.branding import branding

SALT = "core.message_ids"
LETTERS = 20  # of the signature


def message_id(key: str, to: str) -> str:
    """The id of the one e-mail that is known as ``key`` here, to the address ``to``."""
    number = sha256(key.encode()).hexdigest()[:24]
    return f"<{number}.{_signature(number, to)}@{host()}>"


def matter_id(subject: str) -> str:
    """What all e-mails about one thing refer to, so that mail programs put them together. No e-mail has this id."""
    number = sha256(f"matter {subject}".encode()).hexdigest()[:24]
    return f"<matter.{number}@{host()}>"


def is_ours(written: str, to: str) -> bool:
    """Whether the hub sent an e-mail of this id to the address ``to``."""
    number, _dot, signature = written.strip().strip("<>").partition("@")[0].partition(".")
    return bool(number) and constant_time_compare(signature, _signature(number, to))


def _signature(number: str, to: str) -> str:
    return salted_hmac(SALT, f"{number} {to.strip().casefold()}", algorithm="sha256").hexdigest()[:LETTERS]


def host() -> str:
    """The part of the sender's address that names the hub among all who write e-mails."""
    return branding().sender_address.rpartition("@")[2] or "localhost"
