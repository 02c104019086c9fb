"""PDF, page by page."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError

from knowledge.files.reader.limits import Limits
from knowledge.files.reader.reasons import Reason, Unreadable

BEGINNING = 1024  # within which a PDF says that it is one


def pages(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """The text of each page. A page that cannot be read is empty, so that the numbers of the others stay right."""
    if b"%PDF-" not in stream.read(BEGINNING):
        raise Unreadable(Reason.MISNAMED)
    stream.seek(0)
    damaged = False
    for page in _unlocked(stream).pages:
        try:
            yield page.extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (a damaged page can fail in any way)
            damaged = True
            yield ""
    if damaged:
        raise Unreadable(Reason.BROKEN)


def _unlocked(stream: BinaryIO) -> PdfReader:
    reader = PdfReader(stream)
    try:
        # Many files ask for a password only from those who want to change them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(Reason.LOCKED)
    except (DependencyError, NotImplementedError) as error:
        raise Unreadable(Reason.LOCKED) from error
    return reader
