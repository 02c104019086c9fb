"""Addresses that are secrets: a calendar or a feed reader cannot sign in, so whoever has its address reads.

The database holds a number, and the address the number with the hub's signature. A copy of the database or of a backup
therefore opens no calendar, and the address can be shown whenever its owner asks. Another number ends it; another
``SECRET_KEY`` ends all of them.
"""

from django.core.signing import BadSignature, Signer
from django.utils.crypto import get_random_string


def new_number() -> str:
    """A number that nobody has yet."""
    return get_random_string(32)


def signed(number: str, purpose: str) -> str:
    """The secret part of an address."""
    return _signer(purpose).sign(number)


def number_of(key: str, purpose: str) -> str | None:
    """The number in the secret part of an address; None where the hub did not sign it."""
    try:
        return _signer(purpose).unsign(key)
    except BadSignature:
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=f"core.secret-address.{purpose}")
