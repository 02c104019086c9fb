"""The few sentences that answer, out of the passage that was found.

A passage is cut for the sentence model, about 180 words long; a reader wants the two or three sentences in it that
matter. Reading a sentence takes the model several milliseconds. So those are read that have most of the question's
words, and only where none has any, all of them; and none where all that might answer stand in the answer anyway.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexing import text_analysis
from indexing.embedding import Encoder
from indexing.embedding.encoder import Vectors

WIDTH = 60  # words of an answer
MOST_READ = 2  # sentences
REMEMBERED = 4000  # sentences, two kilobytes each
SENTENCE_END = re.compile(r"""(?<=[.!?…])\s+|(?<=[.!?…][”’"')])\s+""")


def answer(passage: str, question: str, encoder: Encoder) -> str:
    """The sentence of ``passage`` that is nearest to ``question``, with its neighbours, up to ``WIDTH`` words."""
    sentences = SENTENCE_END.split(" ".join(passage.split()))
    lengths = [len(sentence.split()) for sentence in sentences]
    if sum(lengths) <= WIDTH:
        return " ".join(sentences)
    first, last = stretch(nearness(sentences, lengths, question, encoder), lengths)
    before, after = "… " if first else "", " …" if last < len(sentences) else ""
    return f"{before}{' '.join(sentences[first:last])}{after}"


def nearness(sentences: Sequence[str], lengths: Sequence[int], question: str, encoder: Encoder) -> NDArray[np.float32]:
    """How near each sentence is to the question; -1 for those that are not worth reading, 1 for those that need not be
    read because all of them fit in an answer of ``WIDTH`` words.
    """
    scores = np.full(len(sentences), -1.0, np.float32)
    promising = shortlist(sentences, question)
    first, last = min(promising), max(promising) + 1
    if len(promising) == 1 or sum(lengths[first:last]) <= WIDTH:
        scores[first:last] = 1.0
    else:
        scores[promising] = [vector(sentences[place], encoder) @ encoder.query(question) for place in promising]
    return scores


def shortlist(sentences: Sequence[str], question: str) -> list[int]:
    """The places of the sentences that may answer: the one that has more of the words than any other, at least two; or
    the few with most of them.
    """
    wanted = text_analysis.stems(question)
    held = [len(wanted & text_analysis.stems_of(sentence)) for sentence in sentences]
    places = sorted(range(len(sentences)), key=lambda place: -held[place])
    most = held[places[0]]
    if most == 0:
        return places
    return places[:1] if most > 1 and held.count(most) == 1 else places[:MOST_READ]


@lru_cache(REMEMBERED)
def vector(sentence: str, encoder: Encoder) -> Vectors:
    """The direction of a sentence. The same few passages answer most questions."""
    read: Vectors = encoder.passages([sentence])[0]
    return read


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
