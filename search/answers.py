"""The few sentences that answer, out of the passage that was found.

A passage is cut for the sentence model, about 180 words long; a reader wants the two or three sentences in it that
matter. So the sentences of the best passage are read once more, each by itself.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.embedding import Encoder
from search.embedding.encoder import Vectors

WIDTH = 60  # words of an answer
REMEMBERED = 500  # passages, some kilobytes each
SENTENCE_END = re.compile(r"""(?<=[.!?…])\s+|(?<=[.!?…][”’"')])\s+""")


def answer(passage: str, question: str, encoder: Encoder) -> str:
    """The sentence of ``passage`` that is nearest to ``question``, with its neighbours, up to ``WIDTH`` words."""
    sentences, vectors = read(passage, encoder)
    first, last = stretch(vectors @ encoder.query(question), [len(s.split()) for s in sentences])
    before, after = "… " if first else "", " …" if last < len(sentences) else ""
    return f"{before}{' '.join(sentences[first:last])}{after}"


@lru_cache(REMEMBERED)
def read(passage: str, encoder: Encoder) -> tuple[list[str], Vectors]:
    """The sentences of a passage and their vectors. The same few passages answer most questions, and reading one takes
    the model longer than all the rest of a search.
    """
    sentences = SENTENCE_END.split(" ".join(passage.split()))
    return sentences, encoder.passages(sentences)


def stretch(scores: NDArray[np.float32], lengths: Sequence[int], width: int = WIDTH) -> tuple[int, int]:
    """From where to where (half-open) to read: grown from the best sentence to its better neighbour while it fits."""
    first = int(np.argmax(scores))
    last = first + 1
    while True:
        grown = [
            (float(scores[index]), bounds)
            for index, bounds in ((first - 1, (first - 1, last)), (last, (first, last + 1)))
            if 0 <= index < len(lengths) and sum(lengths[bounds[0] : bounds[1]]) <= width
        ]
        if not grown:
            return first, last
        first, last = max(grown)[1]
