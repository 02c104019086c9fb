"""The lexical retriever: which documents hold the words, and how much that says (BM25 of FTS5).

Words come here cut and folded (``indexing.text_analysis``) and go to FTS5 quoted, so that none is read as syntax.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexing.engines.embedded import postings
from indexing.engines.embedded.postings import Posting
from indexing.engines.embedded.store import Store
from indexing.fusion import Mask, Scores


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The words of a question: those asked for, further ones that mean the same, and those given by a beginning."""

    asked: Sequence[str]
    also: Sequence[str] = ()
    beginnings: Sequence[str] = ()

    def counted(self) -> Counter[str]:
        """Each word, and how often it was said: BM25 counts repetition."""
        return Counter([*self.asked, *self.also])

    def of(self, store: Store, word: str, size: int) -> Posting:
        """Which of the first ``size`` documents hold a word, or one that begins so."""
        found = postings.of_beginning if word in self.beginnings else postings.of
        return found(store, word, size)


def bm25(store: Store, wanted: LexicalQuery, size: int) -> tuple[Scores, Mask]:
    """BM25 of the first ``size`` documents, and which of them hold every word that was asked."""
    scores, held = np.zeros(size), np.zeros(size, np.int16)
    needed = set(wanted.asked)
    for word, times in wanted.counted().items():
        found = wanted.of(store, word, size)
        scores[found.documents] += times * found.scores
        if word in needed:
            held[found.documents] += 1
    return scores, held == len(needed)


def holding(store: Store, phrases: Sequence[Sequence[str]], size: int) -> Mask:
    """The documents that hold every phrase: its words side by side in one column."""
    quoted = [" ".join(phrase) for phrase in phrases]
    return mask(store.match_all(" AND ".join(f'"{phrase}"' for phrase in quoted)), size)


def mask(numbers: Iterable[int], size: int) -> Mask:
    marked = np.zeros(size, bool)
    marked[[number for number in numbers if number < size]] = True
    return marked
