"""For a word, the documents that hold it and how much that says of each (BM25).

FTS5 takes microseconds for every document that holds a word; in a large hub half of all documents hold words like
“people” and “home”, which nearly every question has. BM25 of several words is the sum of each word's, so a common
word's share is worked out by whoever writes the index, and stands in it. Documents are numbered in the order in which
they are written, a changed one anew: what stands there stays true, and FTS5 is asked only for what came since.
"""

import sqlite3
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.batches import batches
from indexing.engines.embedded.store import TOKENIZING, Store

COMMON = 500  # documents: a word in more of them is weighed ahead
WORN = 0.1  # of an index: how far it may grow before what stands there weighs words by too old a measure
BATCH = 100  # words, in one transaction
ENDINGS = ("", "e", "ed", "s", "y")  # one of them makes a word again of what FTS5 leaves of it


class Posting(NamedTuple):
    """The documents that hold a word, in the order of their numbers, each with its BM25."""

    documents: NDArray[np.int32]
    scores: NDArray[np.float32]


# -- asking ------------------------------------------------------------------------------------------------------------
def of(store: Store, word: str, upto: int) -> Posting:
    """Who holds ``word`` among the documents below the number ``upto``; what is gone may be among them."""
    kept = store.posting(stem(word))
    if kept is None:
        return read(store, f'"{word}"', 0, upto)
    documents, scores, weighed = kept
    known = Posting(np.frombuffer(documents, np.int32), np.frombuffer(scores, np.float32))
    if weighed < upto:
        more = read(store, f'"{word}"', weighed, upto)
        return Posting(*(np.concatenate(both) for both in zip(known, more, strict=True)))
    length = int(np.searchsorted(known.documents, upto))  # the last documents may be gone already
    return Posting(known.documents[:length], known.scores[:length])


def of_beginning(store: Store, beginning: str, upto: int) -> Posting:
    """Who holds a word that begins so."""
    return read(store, f'"{beginning}"*', 0, upto)


def read(store: Store, expression: str, start: int, upto: int) -> Posting:
    rows = store.match(expression, start, upto)
    documents = np.fromiter((row[0] for row in rows), np.int32, len(rows))
    return Posting(documents, np.fromiter((row[1] for row in rows), np.float32, len(rows)))


# -- weighing ----------------------------------------------------------------------------------------------------------
def weigh_if_worn(store: Store) -> None:
    """Weigh all common words anew where the index has grown by a tenth since."""
    weighed, upto = int(store.meta("weighed")), store.next_number
    if upto - weighed > max(COMMON, WORN * weighed):
        for some in batches(common_words(store), BATCH):
            found = {each: read(store, f'"{word}"', 0, upto) for each, word in some}
            with store.transaction():
                for each, posting in found.items():
                    store.keep_posting(each, posting.documents.tobytes(), posting.scores.tobytes(), upto)
        store.set_meta("weighed", upto)


def common_words(store: Store) -> Iterator[tuple[str, str]]:
    """What FTS5 keeps of each common word, and a word of which it keeps that. Where no such word is found, the word is
    asked for like a rare one.
    """
    for kept in store.held_by_more_than(COMMON):
        word = next((kept + ending for ending in ENDINGS if stem(kept + ending) == kept), None)
        if word:
            yield kept, word


class Stemmer:
    """FTS5 itself, asked what it keeps of a word: nobody else cuts words in quite its way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute(f"CREATE VIRTUAL TABLE words USING fts5 (text, {TOKENIZING})")
        self._db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (words, row)")

    def stem(self, word: str) -> str:
        with self._lock:
            self._db.execute("INSERT INTO words (rowid, text) VALUES (1, ?)", [word])
            stems = [row[0] for row in self._db.execute("SELECT term FROM stems")]
            self._db.execute("DELETE FROM words")
        return stems[0] if len(stems) == 1 else ""


@lru_cache(1)
def stemmer() -> Stemmer:
    return Stemmer()


@lru_cache(50_000)
def stem(word: str) -> str:
    """What FTS5 keeps of a word; nothing where that is not one word."""
    return stemmer().stem(word)
