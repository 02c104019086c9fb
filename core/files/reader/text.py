"""Plain text, Markdown and tables with commas."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason, Unreadable

MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OTHERS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


def pages(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """All of it, cut where a printer would have begun a new page. Few texts say that any more."""
    yield from decoded(stream.read(limits.size)).split("\f")


def rows(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """A table: each of its lines stands for itself."""
    yield "\n\n".join(decoded(stream.read(limits.size)).splitlines())


def decoded(data: bytes) -> str:
    """The text, in whichever of the three ways to write letters that people meet.

    What is neither UTF-8 nor marked as UTF-16 comes from a Western European Windows, where every byte is a letter.
    """
    if data.startswith(MARKS):
        return data.decode("utf-16", "replace")
    if data.startswith(OTHERS) or b"\0" in data:
        raise Unreadable(Reason.MISNAMED)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
