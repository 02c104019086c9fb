"""What an index holds at one version, as arrays: one place for each document number.

Filtering, counting and scoring are then a few vector operations, whatever the number of documents. Snapshots are
never changed; the next one copies the arrays and applies what changed since.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexing.embedding.encoder import DIMENSIONS
from indexing.engines.base import FACETS
from indexing.engines.embedded import matrix
from indexing.engines.embedded.store import Store
from indexing.fusion import Mask, Scores
from indexing.title_analysis import line

AUDIENCE = "audience"
Integers = NDArray[np.int64]


class Values:
    """Sets of values under small numbers: most documents share their audience, kind, community or topics."""

    def __init__(self) -> None:
        self.codes: dict[frozenset[str], int] = {}
        self.sets: list[frozenset[str]] = []

    def code(self, values: Iterable[str]) -> int:
        wanted = frozenset(values)
        if wanted not in self.codes:
            self.sets.append(wanted)
            self.codes[wanted] = len(self.sets) - 1
        return self.codes[wanted]

    def meeting(self, values: frozenset[str]) -> Mask:
        """For each code, whether its set meets ``values``."""
        return np.fromiter((not values.isdisjoint(own) for own in self.sets), bool, len(self.sets))


@dataclass(frozen=True)
class Snapshot:
    """The index at ``version``."""

    version: int
    alive: Mask
    first: Integers
    last: Integers
    day: Integers
    title_length: Integers
    codes: dict[str, Integers]
    values: dict[str, Values]
    vectors: matrix.Vectors

    @classmethod
    def empty(cls) -> "Snapshot":
        nothing = np.zeros(1, np.int64)
        columns = (AUDIENCE, *FACETS)
        values = {name: Values() for name in columns}
        for column in values.values():
            column.code(())
        codes = dict.fromkeys(columns, nothing)
        vectors = np.zeros((0, DIMENSIONS), np.float32)
        return cls(0, np.zeros(1, bool), nothing, nothing, nothing, nothing, codes, values, vectors)

    def refreshed(self, store: Store) -> "Snapshot":
        """The snapshot of what ``store`` holds now, inside its read transaction."""
        rows = store.changed_since(self.version).fetchall()
        size = max([len(self.alive), *(row["id"] + 1 for row in rows)])
        columns = (self.alive, self.first, self.last, self.day, self.title_length)
        alive, first, last, day, title_length = (grown(array, size) for array in columns)
        codes = {name: grown(array, size) for name, array in self.codes.items()}
        for row in rows:
            place = row["id"]
            alive[place], first[place], last[place] = True, row["first"], row["first"] + row["passages"]
            day[place], title_length[place] = day_of(row["date"]), len(line(row["title"]))
            for name, values in columns_of(row).items():
                codes[name][place] = self.values[name].code(values)
        gone = [number for number in store.removed_since(self.version) if number < size]
        alive[gone] = False
        vectors = matrix.load(vectors_path(store), store.slots, read_from(store), verify=self.version == 0)
        return Snapshot(store.version, alive, first, last, day, title_length, codes, self.values, vectors)

    def meeting(self, column: str, values: Iterable[str]) -> Mask:
        """The documents whose ``column`` meets ``values``."""
        met: Mask = self.values[column].meeting(frozenset(values))[self.codes[column]]
        return met

    def counts(self, column: str, among: Mask) -> Counter[str]:
        """How many of the documents ``among`` have each value."""
        found: Counter[str] = Counter()
        for code, number in enumerate(np.bincount(self.codes[column][among])):
            for value in self.values[column].sets[code] if number else ():
                found[value] += int(number)
        return found

    def cosines(self, query: matrix.Vectors) -> Scores:
        """For each document the cosine of its nearest passage."""
        near = np.append(self.vectors @ query, np.float32(0))
        cosines = np.zeros(len(self.alive))
        living = np.flatnonzero(self.alive & (self.last > self.first))
        if len(living):
            # reduceat takes pairs of borders; every second result is the gap between two documents.
            borders = np.column_stack([self.first[living], self.last[living]]).ravel()
            cosines[living] = np.maximum.reduceat(near, borders)[::2]
        return cosines

    def nearest_slot(self, place: int, query: matrix.Vectors) -> int:
        """The slot of the document's passage that is nearest to the query."""
        first, last = int(self.first[place]), int(self.last[place])
        return first + int(np.argmax(self.vectors[first:last] @ query))

    def centre(self, place: int) -> matrix.Vectors:
        """The direction in which all of a document's passages lie."""
        mean = self.vectors[int(self.first[place]) : int(self.last[place])].mean(axis=0)
        centre: matrix.Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return centre


def grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    copy = np.zeros(size, array.dtype)
    copy[: len(array)] = array
    return copy


def columns_of(row: sqlite3.Row) -> dict[str, Iterable[str]]:
    return {
        AUDIENCE: json.loads(row["tokens"]),
        "kind": [row["kind"]],
        "community": [row["community_key"]] if row["community_key"] else [],
        "topic": json.loads(row["topics"]),
        "year": [row["date"][:4]] if row["date"] else [],
    }


def day_of(stamp: str | None) -> int:
    return date.fromisoformat(stamp[:10]).toordinal() if stamp else 0


def vectors_path(store: Store) -> Any:
    return store.path.with_suffix(".vectors")


def read_from(store: Store) -> matrix.Reader:
    return lambda slot: ((row["slot"], row["vector"]) for row in store.vectors_from(slot))
