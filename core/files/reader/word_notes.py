"""What stands beside the body of a Word file: notes, headers, footers, comments. Each is a part of its own."""

import re
from collections.abc import Iterable, Mapping
from zipfile import ZipFile, ZipInfo

from core.files.reader.limits import Limits
from core.files.reader.markup import at_most, parse
from core.files.reader.paper import Paper
from core.files.reader.reasons import Reason, Unreadable

NOTES = re.compile(r"word/(footnotes|endnotes)\d*\.xml")
RUNNING = re.compile(r"word/(header|footer)\d*\.xml")
COMMENTS = re.compile(r"word/comments\d*\.xml")
NOTE = {"footnote", "endnote"}


class Asides:
    """All that stands beside the body, read before it. ``trouble`` says why some of it could not be read."""

    def __init__(self, archive: ZipFile, parts: Mapping[str, ZipInfo], limits: Limits) -> None:
        self.archive, self.parts, self.limits = archive, parts, limits
        self.trouble: Reason | None = None
        self.notes: dict[tuple[str, str], str] = {}
        for part in self.named(NOTES):
            self.listen(part, Notes(self.notes))
        self.running = list(dict.fromkeys(filter(None, map(self.words, self.named(RUNNING)))))
        self.has_comments = any(map(self.words, self.named(COMMENTS)))

    def named(self, pattern: re.Pattern[str]) -> Iterable[ZipInfo]:
        return [self.parts[name] for name in sorted(self.parts) if pattern.fullmatch(name)]

    def words(self, part: ZipInfo) -> str:
        paper = Paper()
        self.listen(part, paper)
        return "\n".join(paper.finished(everything=True))

    def listen(self, part: ZipInfo, listener: "Paper | Notes") -> None:
        """Read one part. What was read before a fault is kept, and the fault is remembered."""
        try:
            for _piece in parse(self.archive, part, listener, self.limits):
                at_most(self.limits.characters, listener.letters, Reason.TOO_LONG)
        except Unreadable as error:
            self.trouble = self.trouble or error.reason


class Notes:
    """Hears of the notes of a document, and lays each on a paper of its own."""

    def __init__(self, notes: dict[tuple[str, str], str]) -> None:
        self.notes = notes
        self.key = ("", "")
        self.paper = Paper()
        self.done = 0

    @property
    def letters(self) -> int:
        return self.done + self.paper.letters

    def start(self, name: str, values: dict[str, str]) -> None:
        if name in NOTE:
            self.key, self.paper = (name, values.get("id", "")), Paper()
        else:
            self.paper.start(name, values)

    def end(self, name: str) -> None:
        if name in NOTE:
            self.done = self.letters
            self.notes[self.key] = "\n".join(self.paper.finished(everything=True))
        else:
            self.paper.end(name)

    def words(self, text: str) -> None:
        self.paper.words(text)
