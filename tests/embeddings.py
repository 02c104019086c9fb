"""What the sentence model has read once is not read again: the same small texts stand in hundreds of tests and in
every run of them, and reading them was more than half of what those took. The vectors are the model's own.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from unittest import mock

import numpy as np
from django.conf import settings
from tokenizers import Encoding

from indexing.embedding import encoder
from indexing.embedding.encoder import MiniLM, Vectors

FOLDER = Path(settings.VAR_DIR) / "cache" / "test-embeddings"


@contextmanager
def read_once() -> Iterator[None]:
    """While this lasts, the model reads each text once, whichever process or run asks for it."""
    run = MiniLM._run
    with closing(Kept()) as kept:

        def remembered(self: MiniLM, encodings: Sequence[Encoding]) -> Vectors:
            keys = [kept.key(encoding) for encoding in encodings]
            with kept.lock:
                known = kept.vectors(keys)
                new = {key: one for key, one in zip(keys, encodings, strict=True) if key not in known}
                if new:
                    made = dict(zip(new, run(self, list(new.values())), strict=True))
                    kept.add(made)
                    known |= made
            return np.stack([known[key] for key in keys])

        with mock.patch.object(MiniLM, "_run", remembered):
            yield


class Kept:
    """Vectors in a file that all processes share, one file for one state of what makes them."""

    def __init__(self) -> None:
        self.memory: dict[bytes, Vectors] = {}
        self.lock = threading.RLock()
        FOLDER.mkdir(parents=True, exist_ok=True)
        file = FOLDER / f"{_state()}.sqlite3"
        for old in FOLDER.glob("*.sqlite3*"):
            if not old.name.startswith(file.name):
                old.unlink(missing_ok=True)
        self.connection = sqlite3.connect(file, timeout=60, isolation_level=None, check_same_thread=False)
        self.connection.execute("pragma journal_mode=wal")
        self.connection.execute("pragma synchronous=off")
        self.connection.execute("create table if not exists vectors (key blob primary key, vector blob) without rowid")

    def key(self, encoding: Encoding) -> bytes:
        return blake2b(np.asarray(encoding.ids, np.int32).tobytes(), digest_size=16).digest()

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        unread = [key for key in dict.fromkeys(keys) if key not in self.memory]
        if unread:
            marks = ",".join("?" * len(unread))
            found = self.connection.execute(f"select key, vector from vectors where key in ({marks})", unread)
            self.memory |= {key: np.frombuffer(vector, np.float32) for key, vector in found}
        return {key: self.memory[key] for key in keys if key in self.memory}

    def add(self, made: dict[bytes, Vectors]) -> None:
        self.memory |= made
        rows = [(key, np.ascontiguousarray(vector, np.float32).tobytes()) for key, vector in made.items()]
        self.connection.execute("begin immediate")
        self.connection.executemany("insert or ignore into vectors values (?, ?)", rows)
        self.connection.execute("commit")

    def close(self) -> None:
        self.connection.close()


def _state() -> str:
    """A name for the model and for the code that runs it."""
    digest = blake2b(digest_size=8)
    for source in sorted(Path(encoder.__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()
