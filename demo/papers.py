"""Writes small PDF and Word files by hand: real ones, of a few words."""

import io
import re
import textwrap
from collections.abc import Iterator
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NEW_PAGE = re.compile(r"\n-{3}\n")
WIDTH = 82  # letters in a line of the PDF
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraphs(page: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a page, each with whether it is a heading."""
    for part in re.split(r"\n\s*\n", page.strip()):
        yield part.removeprefix("# "), part.startswith("# ")


# -- PDF ---------------------------------------------------------------------------------------------------------------
def pdf(title: str, pages: list[str]) -> bytes:
    """Two fonts that every reader of PDF has, and a page's words after the other."""
    numbers = [6 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)/ViewerPreferences<</DisplayDocTitle true>>>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        b"<</Title" + literal(title) + b">>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        words = b"BT 60 790 Td\n" + b"".join(drawn(page)) + b"ET"
        look = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{look}/Contents {number + 1} 0 R>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
    return bound(objects)


def drawn(page: str) -> Iterator[bytes]:
    for text, is_heading in paragraphs(page):
        yield b"/F2 15 Tf 20 TL\n" if is_heading else b"/F1 11 Tf 15 TL\n"
        yield from (literal(line) + b" Tj T*\n" for line in textwrap.wrap(text, WIDTH))
        yield b"0 -8 Td\n"


def literal(text: str) -> bytes:
    """The text as PDF writes it."""
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252", "replace")) + b")"


def bound(objects: list[bytes]) -> bytes:
    """The numbered objects, and at the end the list of where each of them begins."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start, size = out.tell(), len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


# -- Word --------------------------------------------------------------------------------------------------------------
def docx(pages: list[str]) -> bytes:
    """The fewest parts that make a Word file, with a style for headings."""
    border = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = border.join("".join(paragraph(*part) for part in paragraphs(page)) for page in pages)
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    heading = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '</w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>',
            "_rels/.rels": relations("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": relations("styles", "styles.xml"),
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{heading}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def paragraph(text: str, is_heading: bool) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if is_heading else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(" ".join(text.split()))}</w:t></w:r></w:p>'


def relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'


def packed(parts: dict[str, str]) -> bytes:
    """The parts in an archive, the same bytes each time."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>{text}', ZIP_DEFLATED)
    return out.getvalue()
