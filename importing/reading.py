"""Reads an archive: a folder of JSON Lines, one file for each kind of thing.

Every row that is not as it should be is told by file and line, and never stops the rest. A row without an id, a title
or a date that can be, with a title that is too long, that cannot be read, or with an id that came before is not taken.
A row that names a person whom nobody knows, or whose web address is none, is told too but taken without that name or
address, because the rest of it is good.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from importing.fields import BadRow, Fields
from importing.kinds import WRITERS, writer_of
from importing.rows import ArchiveRow, People
from importing.scope import same_id

LONGEST_ROW = 10_000_000  # bytes; a longer one is a mistake, and would be held in memory several times over


class NoArchive(Exception):
    """The folder is missing, or holds none of the files."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that is wrong with one row."""

    file: str
    line: int
    message: str
    taken: bool = False  # whether the rest of the row was good

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Archive:
    """One folder. ``problems`` fills while rows are read."""

    folder: Path
    name: str = ""  # its folder's, where it has no other: the ids of archives are told apart by it
    problems: list[Problem] = field(default_factory=list)
    _lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise NoArchive(_("There is no folder %(folder)s.") % {"folder": self.folder})
        if len(self.missing()) == len(WRITERS):
            files = ", ".join(f"{writer.kind}.jsonl" for writer in WRITERS)
            raise NoArchive(_("%(folder)s holds none of %(files)s.") % {"folder": self.folder, "files": files})
        self.name = self.name or self.folder.resolve().name

    def missing(self) -> list[str]:
        """The files that are not there; that is no fault."""
        return [f"{writer.kind}.jsonl" for writer in WRITERS if not self.path(writer.kind).is_file()]

    def path(self, kind: str) -> Path:
        return self.folder / f"{kind}.jsonl"

    def size(self, kind: str) -> int:
        """About how many rows there are, for a progress bar."""
        if not self.path(kind).is_file():
            return 0
        with self.path(kind).open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))

    def rows(self, kind: str, people: People = MappingProxyType({})) -> Iterator[ArchiveRow]:
        """The good rows of one file, as they come. ``people`` are those whom rows may name."""
        if not self.path(kind).is_file():
            return
        seen: set[str] = set()
        with self.path(kind).open("rb") as file:
            for number, line in lines(file):
                row = self._row(kind, number, line, people)
                if row is None:
                    continue
                if (known_as := same_id(kind, row.id)) in seen:
                    self._tell(kind, number, _("The id %(id)s came before.") % {"id": row.id})
                    continue
                seen.add(known_as)
                self._lines[kind, row.id] = number
                yield row

    def refuse(self, kind: str, refused: dict[str, str]) -> None:
        """Tell of rows that were good and that the database did not take all the same, and forget them."""
        for row_id, error in refused.items():
            message = _("The database does not take it: %(error)s") % {"error": error}
            self._tell(kind, self._lines[kind, row_id], message)
        refused.clear()

    def _row(self, kind: str, number: int, line: bytes | None, people: People) -> ArchiveRow | None:
        try:
            fields = Fields(decoded(line))
            row = writer_of(kind).read(fields, people)
        except BadRow as fault:
            self._tell(kind, number, str(fault))
            return None
        for remark in fields.remarks:
            self._tell(kind, number, remark, taken=True)
        return row

    def _tell(self, kind: str, number: int, message: str, *, taken: bool = False) -> None:
        self.problems.append(Problem(self.path(kind).name, number, message, taken))


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers, empty ones left out; ``None`` stands for one that is too long to be held."""
    number = 0
    while line := file.readline(LONGEST_ROW):
        number += 1
        is_whole = line.endswith(b"\n") or len(line) < LONGEST_ROW
        while line and not line.endswith(b"\n") and len(line) == LONGEST_ROW:
            line = file.readline(LONGEST_ROW)
        if not is_whole:
            yield number, None
        elif line.removeprefix(b"\xef\xbb\xbf").strip():
            yield number, line


def decoded(line: bytes | None) -> Any:
    """What a line says. Raises ``BadRow`` where it cannot be read."""
    if line is None:
        raise BadRow(_("The row is longer than %(n)d bytes.") % {"n": LONGEST_ROW})
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadRow(_("This is not UTF-8.")) from error
    except RecursionError as error:
        raise BadRow(_("This is nested too deeply.")) from error
    except ValueError as error:
        raise BadRow(_("This is not JSON: %(error)s.") % {"error": error}) from error
