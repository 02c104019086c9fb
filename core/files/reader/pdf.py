"""PDF, page by page."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import DictionaryObject

from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason, Unreadable

BEGINNING = 1024  # within which a PDF says that it is one
WORDED = ("/Tx", "/Ch")
PASSWORD = 1 << 13
DEEPEST = 20  # fields within fields


def pages(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """The text of each page. A page that cannot be read is empty, so that the numbers of the others stay right."""
    if b"%PDF-" not in stream.read(BEGINNING):
        raise Unreadable(Reason.MISNAMED)
    stream.seek(0)
    damaged = has_comments = False
    for page in _unlocked(stream).pages:
        words: list[str] = []
        try:
            words.append(page.extract_text())
            notes = PdfNotes(page)
            words.extend(notes.typed)
            has_comments = has_comments or notes.has_comments
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (a damaged page can fail in any way)
            damaged = True
        yield "\n".join(words)
    if damaged:
        raise Unreadable(Reason.BROKEN)
    if has_comments:
        raise Unreadable(Reason.LEFT_OUT)


class PdfNotes:
    """What was put on a page later: words typed into a form or onto the page, and comments, which are left out."""

    def __init__(self, page: PageObject) -> None:
        self.typed: list[str] = []
        self.has_comments = False
        for reference in page.get("/Annots") or ():
            note = reference.get_object()
            if note.get("/Subtype") == "/Widget":
                self.field(note)
            elif note.get("/Subtype") == "/FreeText":
                self.words(note.get("/Contents"))
            elif note.get("/Subtype") == "/Text" and str(note.get("/Contents") or "").strip():
                self.has_comments = True

    def field(self, note: DictionaryObject) -> None:
        """What stands in a field of words or choices. A field for a password, or for a tick, says nothing."""
        kind, flags = _inherited(note, "/FT"), _inherited(note, "/Ff")
        if kind in WORDED and not int(flags or 0) & PASSWORD:
            self.words(_inherited(note, "/V"))

    def words(self, value: object) -> None:
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and each.strip() and each not in self.typed:
                self.typed.append(each)


def _inherited(note: DictionaryObject, name: str) -> Any:
    """A value of a field, or of the field that this one is a part of."""
    for _level in range(DEEPEST):
        if name in note:
            return note[name]
        if "/Parent" not in note:
            break
        note = note["/Parent"]  # type: ignore[assignment]  # a dictionary of the file
    return None


def _unlocked(stream: BinaryIO) -> PdfReader:
    reader = PdfReader(stream)
    try:
        # Many files ask for a password only from those who want to change them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(Reason.LOCKED)
    except (DependencyError, NotImplementedError) as error:
        raise Unreadable(Reason.LOCKED) from error
    return reader
