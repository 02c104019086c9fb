"""What is written to the log, without the addresses that are secrets."""

import logging
import re
from dataclasses import dataclass
from functools import lru_cache

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class SecretAddress:
    """Addresses whose next step is a secret. ``known`` are the next steps that are none, as a regular expression."""

    start: str
    known: str = ""


SECRET_ADDRESSES: Registry[SecretAddress] = Registry("secret addresses", taken_by="core")


@lru_cache(maxsize=4)
def _pattern(addresses: tuple[SecretAddress, ...]) -> re.Pattern[str]:
    longest_first = sorted(addresses, key=lambda address: len(address.start), reverse=True)
    starts = (
        re.escape(address.start) + (f"(?!(?:{address.known})/)" if address.known else "") for address in longest_first
    )
    return re.compile(rf"({'|'.join(starts)})[^\s/\"'<>?]+")


def hidden(line: str) -> str:
    """The line, with an ellipsis in place of every secret in it."""
    addresses = tuple(SECRET_ADDRESSES)
    return _pattern(addresses).sub(r"\1…", line) if addresses else line


class WithoutSecrets(logging.Formatter):
    """Formats the whole record first, its traceback too: a secret may stand anywhere in it."""

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))
