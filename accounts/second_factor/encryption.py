"""Secrets of second factors, encrypted at rest.

Each entry of ``SECOND_FACTOR_KEYS`` is any text of 32 letters or more. The first encrypts and all decrypt: a key is
changed by putting a new one in front, running ``manage.py second_factor rotate``, and taking the old one out.
"""

import base64
import logging
import secrets
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)
PURPOSE = b"folkmoot second factor"
SHORTEST_KEY = 32


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The secret. Where no key opens it, a random one that no code fits: an empty one would have codes to guess."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was not decrypted: its key is missing from SECOND_FACTOR_KEYS.")  # noqa: TRY400
        return base64.b32encode(secrets.token_bytes(20)).decode()


def rotate() -> tuple[int, int]:
    """Encrypt everything with the first key; how many secrets that were, and how many no key opens.

    A row is locked while its secret is written, so that a recovery code that is used meanwhile stays used.
    """
    done = lost = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                changed = _rotated(row.data)
            except InvalidToken:
                lost += 1
                continue
            done += changed != row.data
            Authenticator.objects.filter(pk=pk).update(data=changed)
    return done, lost


def _rotated(data: dict[str, Any]) -> dict[str, Any]:
    encrypted = {name: data[name] for name in ("secret", "seed") if name in data}
    return {**data, **{name: _box().rotate(token.encode()).decode() for name, token in encrypted.items()}}


def _box() -> MultiFernet:
    keys = settings.SECOND_FACTOR_KEYS or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_fernet(key) for key in keys])


@lru_cache(maxsize=16)
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
