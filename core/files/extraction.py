"""Has what stands in a file taken out by a process of its own, and takes what that says.

Files come from anybody. One that is made to eat a machine must end a process that nobody waits for, and not the hub's.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePath
from threading import Timer
from typing import IO

from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason
from core.sandbox import surroundings

VERSION = 2
"""Counts up whenever the same file would be read otherwise: what an older one read is then read again."""

KINDS = {
    ".pdf": "pdf",
    ".docx": "word",
    ".docm": "word",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".csv": "rows",
    ".tsv": "rows",
}
COMPLAINT = 4000  # bytes of what a reader that failed says of it


class ReaderFailed(Exception):
    """The reader could not do its work: it, or the machine, is at fault, and of the file nothing is known."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of reading a file: its pages, and why there are none, or not all of them."""

    pages: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def text(self) -> str:
        """The pages with a form feed between two of them, as search wants them."""
        return "\f".join(self.pages)

    @property
    def has_words(self) -> bool:
        return any(not page.isspace() for page in self.pages if page)


def extract(content: IO[bytes], name: str, limits: Limits) -> Extraction:
    """The text of a file on this machine. Whatever it is, this returns in time, and no file makes it raise.

    What the machine cannot do now is raised: OSError where it has no room, ReaderFailed where the reader does not run.
    """
    kind = KINDS.get(PurePath(name).suffix.lower())
    size = content.seek(0, os.SEEK_END)
    if kind is None:
        return Extraction(reason=Reason.OTHER_KIND)
    if not 0 < size <= limits.size:
        return Extraction(reason=Reason.TOO_BIG if size else Reason.EMPTY)
    content.seek(0)
    outcome = understood(ask(kind, content, limits))
    return outcome if outcome.has_words or outcome.reason else Extraction(reason=Reason.NO_WORDS)


def ask(kind: str, content: IO[bytes], limits: Limits) -> bytes:
    """Everything that the reader says until it ends, or until its time is over.

    A limit ends it by a signal. Where it ends by itself and in failure, the file is not to blame.
    """
    with started(kind, content, limits) as process:
        clock = Timer(limits.patience, process.kill)
        clock.start()
        try:
            said, complaint = heard(process, limits)
        finally:
            clock.cancel()
            process.kill()
    if process.returncode > 0:
        raise ReaderFailed(complaint.decode("utf-8", "replace").strip())
    return said


def heard(process: subprocess.Popen[bytes], limits: Limits) -> tuple[bytes, bytes]:
    """What the reader says on its two ways out. To one that says more than an honest answer has nobody listens on."""
    said = process.stdout.read(limits.answer) if process.stdout else b""
    if len(said) == limits.answer:
        return said, b""
    complaint = process.stderr.read(COMPLAINT) if process.stderr else b""
    process.wait()  # not for ever: the clock runs on
    return said, complaint


def started(kind: str, content: IO[bytes], limits: Limits) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own program; the file is its input and no part of the command)
        [sys.executable, "-m", "core.files.reader", kind, json.dumps(asdict(limits))],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    )


def understood(answer: bytes) -> Extraction:
    """The outcome. A reader that did not come to its last line was ended by a limit."""
    pages: list[str] = []
    for said in _lines(answer):
        if "end" in said:
            return Extraction(tuple(pages), Reason(said["end"]) if said["end"] else None)
        pages.append(str(said.get("page", "")))
    return Extraction(tuple(pages), Reason.TOO_HARD)


def _lines(answer: bytes) -> Iterator[dict[str, str | None]]:
    for line in answer.splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # cut off in the middle
            return
