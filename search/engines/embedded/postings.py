"""For a word, the documents that hold it and how much that says of each.

FTS5 takes microseconds for every document that holds a word; in a large hub half of all documents hold words like
“people” and “home”, which nearly every question has. BM25 of several words is the sum of each word's, so a common
word's share is worked out once and kept. Documents are numbered in the order in which they are written, a changed one
anew: what was kept of a word stays true, and only what came since is asked for.
"""

import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.embedded.store import Store

COMMON = 300  # documents: a word in more of them is kept
MOST_KEPT = 4_000_000  # documents of all words together, of eight bytes each
WORN = 0.1  # of an index: how far it may grow before what was kept weighs words by too old a measure


class Posting(NamedTuple):
    """The documents below the number ``upto`` that hold a word, in no order that matters, each with its BM25."""

    documents: NDArray[np.int32]
    scores: NDArray[np.float32]
    upto: int
    since: int  # up to where the first of it was worked out


class Postings:
    """The postings of one index file, shared by all threads of a process."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[str, Posting] = OrderedDict()
        self._most = most
        self._size = 0
        self._lock = threading.Lock()

    def of(self, store: Store, word: str, upto: int) -> Posting:
        """Who holds ``word`` among the documents below the number ``upto``; what is gone may be among them."""
        with self._lock:
            kept = self._kept.get(word)
        if kept is not None and kept.upto > upto:  # a reader of an older state of the index than the last one's
            return read(store, word, 0, upto)
        if kept is None or upto - kept.since > WORN * kept.since:
            found = read(store, word, 0, upto)
        elif kept.upto < upto:
            found = joined(kept, read(store, word, kept.upto, upto))
        else:
            found = kept
        self._keep(word, found)
        return found

    def _keep(self, word: str, found: Posting) -> None:
        with self._lock:
            self._forget(word)
            if len(found.documents) > COMMON:
                self._kept[word] = found
                self._size += len(found.documents)
            while self._size > self._most:
                self._forget(next(iter(self._kept)))

    def _forget(self, word: str) -> None:
        gone = self._kept.pop(word, None)
        self._size -= len(gone.documents) if gone else 0


def read(store: Store, word: str, start: int, upto: int) -> Posting:
    rows = store.match(word, start, upto)
    documents = np.fromiter((row[0] for row in rows), np.int32, len(rows))
    return Posting(documents, np.fromiter((row[1] for row in rows), np.float32, len(rows)), upto, upto)


def joined(kept: Posting, more: Posting) -> Posting:
    return Posting(
        np.concatenate([kept.documents, more.documents]),
        np.concatenate([kept.scores, more.scores]),
        more.upto,
        kept.since,
    )
