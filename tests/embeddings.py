"""What the sentence model has read once in a run of the tests is not read again: the same small texts stand in hundreds
of tests, and reading them was more than half of what those took. The vectors are the model's own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

import numpy as np
from tokenizers import Encoding

from indexing.embedding.encoder import MiniLM, Vectors


@contextmanager
def read_once() -> Iterator[None]:
    """While this lasts, the model reads each text once, whoever asks for it."""
    known: dict[tuple[int, ...], Vectors] = {}
    run = MiniLM._run

    def remembered(self: MiniLM, encodings: Sequence[Encoding]) -> Vectors:
        keys = [tuple(encoding.ids) for encoding in encodings]
        new = {key: encoding for key, encoding in zip(keys, encodings, strict=True) if key not in known}
        if new:
            known.update(zip(new, run(self, list(new.values())), strict=True))
        return np.stack([known[key] for key in keys])

    with mock.patch.object(MiniLM, "_run", remembered):
        yield
