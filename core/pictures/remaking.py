"""Has an uploaded picture made anew by a process of its own, one at a time on this machine.

A picture comes from anybody. One that is made to eat a machine must end that process, and not the hub's.
"""

import fcntl
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

from django.utils.translation import gettext_lazy as _

from core.sandbox import MB, surroundings

logger = logging.getLogger(__name__)

PATIENCE = 30  # seconds by the clock for one picture, and as many for those before it
LARGEST_ANSWER = 64 * MB  # more than the largest picture of the size that the reader makes
WHY = {
    "kind": _("The hub does not take this kind of file as a picture. Choose a JPEG, PNG, WebP or HEIC."),
    "moving": _("This picture moves. Choose a still one."),
    "pixels": _("This picture has more than 50 million pixels. Make it smaller, and choose it again."),
    "damaged": _("This picture is damaged. Choose another one."),
    "hard": _("This picture needs too much memory or time. Save it as a JPEG, and choose it again."),
    "busy": _("The hub is reading other pictures just now. Wait a minute, and choose it again."),
    "failed": _("The hub cannot read pictures just now. Try again later, or tell whoever runs the hub."),
}


class PictureRefused(Exception):
    """Nothing was made of it. ``reason`` is a word of ``WHY``, and the message the sentence for who chose it."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(WHY[reason]))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Remade:
    """A new file with the same pixels, and what its name must end with."""

    content: bytes
    extension: str


def remade(content: IO[bytes], use: str) -> Remade:
    """The picture as ``use`` ("portrait" or "picture") wants it. Raises ``PictureRefused``, and nothing else."""
    try:
        with tempfile.TemporaryFile() as file, one_at_a_time():
            content.seek(0)
            while piece := content.read(MB):
                file.write(piece)
            file.seek(0)
            answer = ask(use, file)
    except OSError as error:
        logger.exception("The reader of pictures did not start.")
        raise PictureRefused("failed") from error
    head, _newline, made = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise PictureRefused(said["refused"])
    return Remade(made, said["extension"])


def ask(use: str, file: IO[bytes]) -> bytes:
    """What the reader answers. One that a limit or the clock ended, or that says too much, has no answer."""
    with subprocess.Popen(  # noqa: S603 (our own program; the picture is its input and no part of the command)
        [sys.executable, "-m", "core.pictures.reader", use],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**surroundings(), "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"},
    ) as process:
        clock = Timer(PATIENCE, process.kill)
        clock.start()
        try:
            said = process.stdout.read(LARGEST_ANSWER) if process.stdout else b""
            if len(said) == LARGEST_ANSWER:
                process.kill()
            complaint = process.stderr.read(4000) if process.stderr else b""
            process.wait()
        finally:
            clock.cancel()
            process.kill()
    if process.returncode > 0:
        logger.error("The reader of pictures failed: %s", complaint.decode("utf-8", "replace").strip())
        raise PictureRefused("failed")
    if process.returncode < 0:
        raise PictureRefused("hard")
    return said


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process of this hub reads a picture: each may take as much memory as the limit allows."""
    path = Path(tempfile.gettempdir()) / f"folkmoot-pictures-{os.getuid()}.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(lock)
        yield
    finally:
        os.close(lock)  # which gives it free


def _wait_for(lock: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise PictureRefused("busy") from None
            time.sleep(0.05)
        else:
            return
