"""Has a file read by a process of its own, and takes what that says.

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

from django.conf import settings

from knowledge.files.reader.limits import Limits
from knowledge.files.reader.reasons import Reason

VERSION = 1
"""Counts up whenever the same file would be read otherwise: what an older one read is then read again."""

KINDS = {
    **dict.fromkeys((".pdf",), "pdf"),
    **dict.fromkeys((".docx", ".docm"), "word"),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text"),
    **dict.fromkeys((".csv", ".tsv"), "rows"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
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


def read(content: IO[bytes], name: str, limits: Limits) -> Outcome:
    """The text of a file on this machine. Whatever it is, this returns in time and raises nothing."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    size = content.seek(0, os.SEEK_END)
    if kind is None:
        return Outcome(reason=Reason.OTHER_KIND)
    if not 0 < size <= limits.bytes:
        return Outcome(reason=Reason.TOO_BIG if size else Reason.EMPTY)
    content.seek(0)
    outcome = understood(ask(kind, content, limits))
    return outcome if outcome.has_words or outcome.reason else Outcome(reason=Reason.NO_WORDS)


def ask(kind: str, content: IO[bytes], limits: Limits) -> bytes:
    """Everything that the reader says until it ends, or until its time is over."""
    with subprocess.Popen(  # noqa: S603 (our own program; the file is its input and no part of the command)
        [sys.executable, "-m", "knowledge.files.reader", kind, json.dumps(asdict(limits))],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings(),
    ) as process:
        clock = Timer(limits.patience, process.kill)
        clock.start()
        try:
            return process.stdout.read(limits.answer) if process.stdout else b""
        finally:
            clock.cancel()
            process.kill()


def surroundings() -> dict[str, str]:
    """Where to find the reader, and nothing else: no secret of the hub is in the reach of a file."""
    places = [str(settings.BASE_DIR), *filter(None, sys.path)]
    return {"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def understood(answer: bytes) -> Outcome:
    """The outcome. A reader that did not come to its last line was ended by a limit."""
    pages: list[str] = []
    for said in _lines(answer):
        if "end" in said:
            return Outcome(tuple(pages), Reason(said["end"]) if said["end"] else None)
        pages.append(str(said.get("page", "")))
    return Outcome(tuple(pages), Reason.TOO_HARD)


def _lines(answer: bytes) -> Iterator[dict[str, str | None]]:
    for line in answer.splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # cut off in the middle
            return
