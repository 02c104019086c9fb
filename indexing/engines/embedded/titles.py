"""Autocomplete on titles and the vocabulary for spelling, in FTS5 tables beside the documents.

The audience is applied to document numbers before anything is ranked, counted or returned: a word that only hidden
documents hold is counted as if nobody had written it.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from indexing.edit_distance import is_near, other_beginnings, slips_forgiven
from indexing.engines.base import TitleMatch, TitleRequest
from indexing.engines.embedded.lexical import mask
from indexing.engines.embedded.snapshot import Snapshot
from indexing.engines.embedded.store import Store
from indexing.fusion import Mask
from indexing.title_analysis import line, typed_chunks


# -- autocomplete ------------------------------------------------------------------------------------------------------
def matching(store: Store, snapshot: Snapshot, visible: Mask, request: TitleRequest) -> list[list[TitleMatch]]:
    """The best titles of each group."""
    found = visible & numbers(store, "titles", expression(request.typed), len(visible))
    begins = numbers(store, "titles", f'line : ^"{line(request.typed)}"*', len(visible))
    ranked = [best(snapshot, found & kinds, begins, request.size) for kinds in groups(snapshot, request.groups)]
    rows = store.titles([number for group in ranked for number in group])
    return [[rows[number] for number in group if number in rows] for group in ranked]


def expression(typed: str) -> str:
    """Every chunk by its beginning: written together, or all of its pieces."""
    return " AND ".join(f"({either(together, several)})" for together, several in typed_chunks(typed))


def either(together: str, several: Sequence[str]) -> str:
    apart = " AND ".join(f'"{piece}"*' for piece in several)
    return f'"{together}"* OR ({apart})' if len(several) > 1 else apart


def groups(snapshot: Snapshot, kinds: Sequence[str]) -> list[Mask]:
    """The documents of each kind, and at last those of all others."""
    masks = [snapshot.meeting("kind", [kind]) for kind in kinds]
    others = ~np.logical_or.reduce(masks) if masks else np.ones(len(snapshot.alive), bool)
    return [*masks, others]


def best(snapshot: Snapshot, found: Mask, begins: Mask, size: int) -> list[int]:
    """Those that begin as was typed, then the short ones, then the newest."""
    places = np.flatnonzero(found)
    order = np.lexsort((-places, -snapshot.day[places], snapshot.title_length[places], ~begins[places]))
    return [int(number) for number in places[order[:size]]]


# -- spelling ----------------------------------------------------------------------------------------------------------
def words_near(store: Store, visible: Mask, words: Iterable[str]) -> dict[str, Mapping[str, int]]:
    """For each word those near to it that visible documents hold, with the number of these documents."""
    return {word: counted(store, visible, [word, *near(store, word)]) for word in words}


def near(store: Store, word: str) -> set[str]:
    """Words of the whole vocabulary, whoever may see them."""
    most = slips_forgiven(word)
    beginning_so = store.vocabulary_between(word[0], len(word) - most, len(word) + most)
    return {other for other in (*beginning_so, *store.vocabulary_among(other_beginnings(word))) if is_near(word, other)}


def counted(store: Store, visible: Mask, words: Iterable[str]) -> dict[str, int]:
    counts = {word: int((visible & numbers(store, "vocabulary", f'"{word}"', len(visible))).sum()) for word in words}
    return {word: count for word, count in counts.items() if count}


def holding(store: Store, visible: Mask, word: str, size: int) -> list[str]:
    """The keys of some visible documents whose title, summary or topics hold the word, newest first."""
    found = np.flatnonzero(visible & numbers(store, "vocabulary", f'"{word}"', len(visible)))[::-1][:size]
    rows = store.titles([int(number) for number in found])
    return [rows[int(number)].key for number in found if int(number) in rows]


def numbers(store: Store, table: str, match: str, size: int) -> Mask:
    return mask(store.matching(table, match), size)
