"""Files of all kinds, the hostile ones included, made when a test wants them."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfReader, PdfWriter

from demo.papers import WORD, bound, docx, packed, pdf

PARTS = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
__all__ = ["PARTS", "docx", "drawing", "locked", "packed", "pdf", "word"]


def word(body: str, **parts: str) -> bytes:
    """A Word file with this XML as its body."""
    return packed({"word/document.xml": f"<w:document {PARTS}><w:body>{body}</w:body></w:document>", **parts})


def drawing(
    *contents: bytes,
    resources: str = "/Font<</F1 3 0 R>>",
    more: tuple[bytes, ...] = (),
    annotations: tuple[str, ...] = (),
) -> bytes:
    """A PDF whose pages are drawn by these commands, each packed as small as it goes."""
    numbers = [4 + 2 * place for place in range(len(contents))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in zip(numbers, contents, strict=True):
        notes = "".join(f"<</Type/Annot/Rect[0 0 9 9]{note}>>" for note in annotations)
        look = f"/MediaBox[0 0 595 842]/Resources<<{resources}>>/Annots[{notes}]"
        objects.append(f"<</Type/Page/Parent 2 0 R{look}/Contents {number + 1} 0 R>>".encode())
        small = zlib.compress(content, 9)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(small), small))
    return bound([*objects, *more])


def locked(content: bytes, password: str, owner: str = "somebody") -> bytes:
    """A PDF that asks for a password; with an empty one it only asks those who want to change it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zip_bomb(megabytes: int, made_of: str = "") -> bytes:
    """A Word file of some hundred thousand bytes that unpacks to very many: markup without words, or a single word."""
    before, after = ("<w:p>", "</w:p>") if made_of else ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>")
    piece = made_of or "a"
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(f"<w:document {PARTS}><w:body>{before}".encode())
        for _ in range(megabytes):
            part.write(piece.encode() * (1024 * 1024 // len(piece)))
        part.write(f"{after}</w:body></w:document>".encode())
    return out.getvalue()


def laughs() -> str:
    """The thousand million laughs: entities that are made of entities."""
    entities = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    body = "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>"
    return f"<!DOCTYPE w [{''.join(entities)}]><w:document {PARTS}>{body}</w:document>"
