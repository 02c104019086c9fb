"""Where an index lives on disk, which one is in use, and who may write.

A rebuild makes a new file beside the old one and then moves a pointer, because a WAL file belongs to a name: swapping
files under one name would let a running reader mix two indexes.
"""

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexing.engines.base import EngineUnavailable

POINTER = "current"
PATIENCE = 30.0
PAUSE = 0.02


class Home:
    """The folder of one index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The index in use, or None before there is one."""
        try:
            name = (self.folder / POINTER).read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        path = self.folder / Path(name).name
        return path if path.is_file() else None

    def fresh(self) -> Path:
        """A name that no index has had."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"index-{uuid.uuid4().hex[:12]}.sqlite3"

    def indexes(self) -> list[Path]:
        """All index files, those of a rebuild that was cut short among them."""
        return sorted(self.folder.glob("index-*.sqlite3"))

    def point_to(self, path: Path) -> None:
        """Put an index in use. Readers notice at their next question."""
        draft = self.folder / f"{POINTER}.{path.stem}"
        draft.write_text(path.name)
        draft.replace(self.folder / POINTER)

    def sweep(self) -> None:
        """Remove every index but the one in use. Whoever still reads an old one keeps it until done."""
        kept = self.current()
        for path in self.folder.glob("index-*"):
            if kept and not path.name.startswith(kept.stem):
                path.unlink(missing_ok=True)

    @contextmanager
    def locked(self, name: str, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock ``name`` against other threads and processes; EngineUnavailable after ``patience`` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.lock").open("w") as file:
            wait_for(file.fileno(), name, time.monotonic() + patience)
            yield  # closing the file lets the lock go, whatever happened


def wait_for(descriptor: int, name: str, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise EngineUnavailable(f"Somebody else holds the search index's {name} lock.") from error
            time.sleep(PAUSE)
