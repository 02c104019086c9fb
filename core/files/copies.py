"""A copy of an uploaded file on this machine, for a process that reads it there."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, Any

from core.files.extraction import VERSION
from core.files.reader.limits import Limits
from core.sandbox import MB


@contextmanager
def on_this_machine(stored: IO[bytes], name: str, limits: Limits) -> Iterator[tuple[IO[bytes], str]]:
    """The file, wherever it is stored, in a file without a name, and what its content is known by.

    Of a file that is too big anyway no more is fetched than shows that.
    """
    known: Any = sha256(f"{VERSION} {name.rpartition('.')[2]} ".encode())
    with tempfile.TemporaryFile() as copy:
        while copy.tell() <= limits.size and (piece := stored.read(MB)):
            known.update(piece)
            copy.write(piece)
        copy.flush()
        yield copy, known.hexdigest()
