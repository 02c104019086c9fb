"""Reads tables as spreadsheets write them: any of the usual encodings and separators, and nothing but text."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import one_line, printable

MOST_BYTES = 10_000_000
KNOWN = {
    "email": {"email", "emailaddress", "mail", "workemail", "userprincipalname"},
    "name": {"name", "fullname", "displayname"},
    "first": {"firstname", "givenname", "forename"},
    "family_name": {"familyname", "surname", "lastname"},
    "called": {"called", "shortname", "knownas", "preferredname"},
    "kind": {"kind", "wheretheybelong", "belongs", "type"},
    "organisation": {"organisation", "organization", "company", "employer"},
    "job_title": {"jobtitle", "job", "post", "title"},
    "location": {"location", "where", "office", "place"},
    "phone": {"phone", "telephone", "phonenumber", "mobile"},
    "works_when": {"workswhen", "workingdays", "workinghours", "workingdaysandhours"},
    "sponsor": {"sponsor", "answersforthem", "whoanswersforthem"},
    "purpose": {"purpose", "why", "whytheyarehere"},
    "last_day": {"lastday", "leaveson", "leavingdate", "leavingday", "enddate"},
    "review_on": {"reviewon", "reviewdate", "review", "lookedatagainon"},
}
"""What a column is called, in small letters without blanks and signs."""
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


class NotATable(Exception):
    """The file is none that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SpreadsheetLine:
    """One line, by the number that a spreadsheet shows beside it, with what stands in its known columns."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a file, and the columns of it that say nothing to the hub."""

    lines: list[SpreadsheetLine]
    unknown: list[str]


def read(content: bytes, most_lines: int) -> Table:
    """The table in a file. Raises ``NotATable``."""
    rows = _rows(_decoded(content))
    try:
        header = next(rows, (1, []))[1]
        columns, unknown = _columns(header)
        lines = []
        for number, row in rows:
            cells = {columns[place]: _cell(cell) for place, cell in enumerate(row) if place in columns}
            if any(cells.values()):
                lines.append(SpreadsheetLine(number, cells))
            if len(lines) > most_lines:
                words = _("The file has more than %(most)s lines. Cut it in parts, or have it read by a command.")
                raise NotATable(words % {"most": f"{most_lines:,}"})
    except csv.Error as error:
        words = _("From line %(number)s on the file is no table: a quotation mark is not closed, or a cell is endless.")
        raise NotATable(words % {"number": getattr(error, "line", 1)}) from error
    if not lines:
        raise NotATable(_("There is nobody in the file."))
    return Table(lines, unknown)


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise NotATable(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise NotATable(_("The file is larger than 10 megabytes."))
    if content.startswith(WORKBOOK):
        raise NotATable(_("This is a workbook. Save it as “CSV UTF-8” in your spreadsheet, and choose that file."))
    text = _text(content)
    if text is None or "\0" in text:
        raise NotATable(_("This is no table. Save it as “CSV UTF-8” in your spreadsheet, and choose that file."))
    return text


def _text(content: bytes) -> str | None:
    """UTF-8, UTF-16 as Excel's “Unicode text”, or what Windows wrote before."""
    marked = [name for mark, name in MARKS if content.startswith(mark)]
    wide = ["utf-16-le"] if content[1:40:2].count(0) > len(content[1:40:2]) // 2 else []
    for encoding in (*marked, *wide, "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its first line."""
    said = SEPARATOR.match(text)
    body = text[said.end() :] if said else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=said[1] if said else _separator(body), strict=True)
    number = 1 + bool(said)
    while True:
        begins = reader.line_num + number
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            error.line = begins  # type: ignore[attr-defined]  # where to look
            raise
        if any(cell.strip() for cell in row):
            yield begins, row


def _separator(text: str) -> str:
    """What parts the names of the columns, most often."""
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max(",;\t|", key=first.count)


def _columns(header: list[str]) -> tuple[dict[int, str], list[str]]:
    """Which column is what, and the names of those that nobody knows."""
    found: dict[int, str] = {}
    unknown = []
    for place, title in enumerate(header):
        plain = re.sub(r"[\W_]+", "", title.lower())
        name = next((name for name, names in KNOWN.items() if plain in names), None)
        if name is None:
            unknown += [one_line(title)[:60]] if title.strip() else []
        elif name in found.values():
            raise NotATable(_("There are two columns for the same thing: “%(title)s”.") % {"title": one_line(title)})
        else:
            found[place] = name
    names = set(found.values())
    if "email" not in names:
        raise NotATable(_("No column is called “E-mail”. The first line of the file says what the columns are."))
    if not ({"name"} <= names or {"first", "family_name"} <= names or "last_day" in names):  # of whoever leaves
        raise NotATable(_("No column is called “Name”, and there are not both “First name” and “Family name”."))
    return found, unknown


def _cell(text: str) -> str:
    """One line of text, whatever it looks like: nothing here is a formula. The hub's own exports mark them."""
    plain = one_line(printable(text))
    return plain[1:] if plain[:1] == "'" and plain[1:2] in "=+-@" else plain
