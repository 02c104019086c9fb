"""What a file is, by its content. Nothing is decoded or unpacked for it: that is for processes with limits."""

from dataclasses import dataclass
from pathlib import PurePath

from conversations.choices import FileKind
from core.text import is_legible, one_line

ARCHIVE = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also what has a password
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIF = (b"heic", b"heix", b"heim", b"heis", b"mif1")
NOT_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
LONGEST_STEM = 120


@dataclass(frozen=True, slots=True)
class Format:
    """One form of file: how its name may end, the first where it ends otherwise, and what browsers are told it is."""

    kind: FileKind
    media_type: str
    endings: tuple[str, ...]

    def name(self, name: str) -> str:
        """A safe name for what somebody called ``name``: one line that ends as the content does."""
        path = PurePath(one_line(name).replace("/", "-").replace("\\", "-"))
        ending = path.suffix.lower()
        stem = path.stem if ending in self.endings else path.name
        stem = stem.strip(". ")[:LONGEST_STEM]
        return f"{stem if is_legible(stem) else 'file'}{ending if ending in self.endings else self.endings[0]}"


PDF = Format(FileKind.PDF, "application/pdf", (".pdf",))
TEXT = Format(FileKind.TEXT, "text/plain; charset=utf-8", (".txt", ".text", ".md", ".markdown", ".csv", ".tsv"))
DRAWN = {
    "jpg": Format(FileKind.PICTURE, "image/jpeg", (".jpg", ".jpeg")),
    "png": Format(FileKind.PICTURE, "image/png", (".png",)),
    "webp": Format(FileKind.PICTURE, "image/webp", (".webp",)),
}
MICROSOFT = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
PARTS = {
    b"word/document": Format(FileKind.WORD, f"{MICROSOFT}.wordprocessingml.document", (".docx",)),
    b"xl/workbook": Format(FileKind.SHEET, f"{MICROSOFT}.spreadsheetml.sheet", (".xlsx",)),
    b"ppt/presentation": Format(FileKind.SLIDES, f"{MICROSOFT}.presentationml.presentation", (".pptx",)),
}
OPEN_DOCUMENTS = {
    b"text": Format(FileKind.WORD, f"{OPEN}.text", (".odt",)),
    b"spreadsheet": Format(FileKind.SHEET, f"{OPEN}.spreadsheet", (".ods",)),
    b"presentation": Format(FileKind.SLIDES, f"{OPEN}.presentation", (".odp",)),
}
FORMATS = (PDF, TEXT, *DRAWN.values(), *PARTS.values(), *OPEN_DOCUMENTS.values())
ACCEPT = ",".join(["image/*", ".heic", *(ending for one in FORMATS for ending in one.endings)])


def is_picture(content: bytes) -> bool:
    """Whether it is one that can be made anew."""
    if content.startswith(PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return True
    return content[4:8] == b"ftyp" and content[8:12] in HEIF


def format_of(content: bytes) -> Format | None:
    """What is not a picture. ``None`` for what is not taken: programs, archives, what has macros."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if content.startswith(ARCHIVE):
        return _office(content)
    return TEXT if _is_text(content) else None


def _office(content: bytes) -> Format | None:
    """The names of an archive's parts stand in it as they are."""
    if b"vbaProject.bin" in content:
        return None
    says = content[30:100]
    if says.startswith(b"mimetype"):
        kind = says.removeprefix(b"mimetype").removeprefix(f"{OPEN}.".encode())
        return next((one for name, one in OPEN_DOCUMENTS.items() if kind.startswith(name)), None)
    if b"[Content_Types].xml" not in content:
        return None
    return next((one for part, one in PARTS.items() if part in content), None)


def _is_text(content: bytes) -> bool:
    """Letters in one of the ways in which people's machines write them."""
    if content.startswith(UTF_16):
        return len(content) % 2 == 0
    if content.startswith((OLD_OFFICE, b"{\\rtf", b"GIF8")):
        return False
    return content.translate(None, NOT_IN_TEXT) == content


def media_type_of(name: str) -> str:
    """What browsers are told of a file that was taken under this name."""
    ending = PurePath(name).suffix.lower()
    return next((one.media_type for one in FORMATS if ending in one.endings), "application/octet-stream")
