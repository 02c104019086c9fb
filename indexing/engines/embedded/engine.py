"""The embedded engine: finds, filters, fuses and counts in one read transaction."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexing import fusion, text_analysis
from indexing.conf import Options
from indexing.documents import Document
from indexing.embedding import Encoder, encoder_or_none, shared_encoder
from indexing.engines.base import (
    FACETS,
    Engine,
    EngineUnavailable,
    Fingerprint,
    IndexedDocument,
    Progress,
    Request,
    ResultPage,
    TitleMatch,
    TitleRequest,
)
from indexing.engines.embedded import lexical, titles
from indexing.engines.embedded.files import Home
from indexing.engines.embedded.matrix import Vectors
from indexing.engines.embedded.opening import opened, ours, trouble
from indexing.engines.embedded.rows import stored
from indexing.engines.embedded.snapshot import AUDIENCE, Snapshot
from indexing.engines.embedded.store import Store
from indexing.engines.embedded.writer import FileWriter
from indexing.fusion import Mask, Scores


@dataclass(frozen=True, slots=True)
class HybridScores:
    """The scores of both retrievers for every document; ``dense`` is None where no model takes part."""

    lexical: Scores
    whole: Mask  # documents that hold every word asked for
    dense: Scores | None
    query: Vectors | None
    holding: Mask | None = None  # documents that hold every phrase, where some were asked for

    def seen(self, visible: Mask) -> "HybridScores":
        """The same for a viewer who may see only these documents."""
        dense = None if self.dense is None else np.where(visible, self.dense, 0.0)
        return HybridScores(np.where(visible, self.lexical, 0.0), self.whole & visible, dense, self.query, self.holding)


class EmbeddedEngine(Engine):
    """One SQLite file with FTS5 and vectors. ``encoder`` gives the sentence model, or raises EncoderMissing."""

    def __init__(self, options: Options, encoder: Callable[[], Encoder] | None = None) -> None:
        self.options = options
        self.home = Home(options.address.path)
        self._encoder = encoder or (lambda: shared_encoder(options.threads))
        self._local = threading.local()
        self._lock = threading.Lock()
        self._snapshots: dict[str, Snapshot] = {}

    # -- writing -------------------------------------------------------------------------------------------------------
    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        with trouble(), self.home.locked("writer"), self._opened_to_write() as store:
            FileWriter(store, encoder_or_none(self._encoder)).put(documents, progress)

    def remove(self, keys: Iterable[str]) -> None:
        with trouble(), self.home.locked("writer"), self._opened_to_write() as store:
            FileWriter(store, None).remove(keys)

    def rebuild(
        self,
        documents: Iterable[Document],
        changed: Callable[[Sequence[str]], Iterable[Document]],
        progress: Progress | None = None,
    ) -> None:
        with trouble(), self.home.locked("rebuild", patience=0):
            old, before = self.home.current(), self._version()
            donors = [store for path in self.home.indexes() if (store := opened(path))]
            new = Store(self.home.fresh(), create=True)
            writer = FileWriter(new, encoder_or_none(self._encoder), donors)
            writer.put(documents, progress)
            with self.home.locked("writer"):
                same = self.home.current() == old
                self._catch_up(writer, before if same else 0, changed)
                Snapshot.empty().refreshed(new)  # so that the matrix is there before the first reader
                self.home.point_to(new.path)
            for store in (new, *donors):
                store.close()
            self.home.sweep()

    def _catch_up(self, writer: FileWriter, since: int, changed: Callable[[Sequence[str]], Iterable[Document]]) -> None:
        """What was written to the old index during the rebuild."""
        current = self.home.current()
        keys = []
        if current and (old := opened(current)):
            keys = old.keys_since(since)
            old.close()
        found = {document.key: document for document in changed(keys)} if keys else {}
        writer.put(found.values())
        writer.remove([key for key in keys if key not in found])

    @contextmanager
    def _opened_to_write(self) -> Iterator[Store]:
        path = self.home.current()
        store = Store(path or self.home.fresh(), create=True)
        try:
            yield ours(store)
        finally:
            store.close()
        if path is None:
            self.home.point_to(store.path)

    def _version(self) -> int:
        path = self.home.current()
        store = opened(path) if path else None
        if store is None:
            return 0
        with store.transaction("DEFERRED"):
            version = store.version
        store.close()
        return version

    # -- reading -------------------------------------------------------------------------------------------------------
    def search(self, request: Request) -> ResultPage:
        with self._visible(request.tokens) as (store, snapshot, visible):
            if not request.text.strip() and not request.like:
                return self._browse(store, snapshot, visible, request)
            hybrid = self._retrieve(store, snapshot, visible, request)
            if hybrid.holding is not None:
                listed = visible & hybrid.holding
            else:
                listed = self._listed(hybrid, visible) if request.listed_only else visible
            return self._answer(store, snapshot, hybrid, listed, request)

    def _answer(
        self, store: Store, snapshot: Snapshot, hybrid: HybridScores, listed: Mask, request: Request
    ) -> ResultPage:
        allowed, counts = narrowed(snapshot, listed, request)
        pool = fusion.candidates(hybrid.lexical, hybrid.dense, allowed, self.options.depth)
        scores = fusion.fuse(hybrid.lexical, hybrid.dense, pool, self.options.dense_weight)
        shown = allowed if request.listed_only else pool
        if request.sure and hybrid.dense is not None:
            shown = shown & (hybrid.whole | (hybrid.dense >= self.options.sure_floor))
        places = fusion.ranked(scores, shown)
        page = places[request.start : request.start + request.size]
        hits = self._hits(store, snapshot, hybrid, scores, [int(place) for place in page], request)
        return ResultPage(hits, len(places), counts, hybrid.dense is not None)

    def _browse(self, store: Store, snapshot: Snapshot, visible: Mask, request: Request) -> ResultPage:
        """Nothing was asked: the newest first."""
        allowed, counts = narrowed(snapshot, visible, request)
        places = fusion.ranked(snapshot.day.astype(np.float64), allowed)
        nothing = np.zeros(len(visible))
        hybrid = HybridScores(nothing, visible, None, None)
        page = [int(place) for place in places[request.start : request.start + request.size]]
        return ResultPage(self._hits(store, snapshot, hybrid, nothing, page, request), len(places), counts, True)

    def _retrieve(self, store: Store, snapshot: Snapshot, visible: Mask, request: Request) -> HybridScores:
        if request.like:
            return self._retrieve_like(store, snapshot, visible, request.like)
        question = (store.path, store.version, request.text, request.also, request.lexical, request.dense)
        last, hybrid = getattr(self._local, "asked", (None, None))
        if last != question or hybrid is None:
            hybrid = self._ask(store, snapshot, request)
            if hybrid.dense is not None:  # a model that was away may be back at the next request
                # A page asks twice, for what is there and for who knows: the words are looked up once.
                self._local.asked = question, hybrid
        return hybrid.seen(visible)

    def _ask(self, store: Store, snapshot: Snapshot, request: Request) -> HybridScores:
        size = len(snapshot.alive)
        asked = text_analysis.terms(request.text)
        scores, whole = np.zeros(size), np.zeros(size, bool)
        if asked and request.lexical:
            wanted = lexical.LexicalQuery(
                asked, text_analysis.words(request.also), text_analysis.beginnings(request.text)
            )
            scores, whole = lexical.bm25(store, wanted, size)
        phrases = text_analysis.phrases(request.text)
        holding = lexical.holding(store, phrases, size) if phrases else None
        query = self._query(store, f"{request.text} {request.also}".rstrip()) if asked and request.dense else None
        dense = None if query is None else snapshot.cosines(query)
        if dense is None and request.dense and not asked:
            dense = np.zeros(size)  # there was nothing to embed; that is no fault of the model's
        return HybridScores(scores, whole, dense, query, holding)

    def _retrieve_like(self, store: Store, snapshot: Snapshot, visible: Mask, key: str) -> HybridScores:
        size = len(visible)
        scores, whole = np.zeros(size), np.zeros(size, bool)
        row = store.known([key]).get(key)
        if row is None or not visible[row["id"]]:
            return HybridScores(scores, whole, np.zeros(size), None)
        query = snapshot.centre(row["id"])
        dense = np.where(visible, snapshot.cosines(query), 0.0)
        dense[row["id"]] = -1.0  # a thing is not like itself
        return HybridScores(scores, whole, dense, query)

    def _query(self, store: Store, text: str) -> Vectors | None:
        encoder = encoder_or_none(self._encoder)
        return encoder.query(text) if encoder and store.meta("model", "") == encoder.name else None

    def _listed(self, hybrid: HybridScores, visible: Mask) -> Mask:
        """The documents that count as found: enough of the words, or near enough in meaning."""
        floor = self.options.lexical_floor * float(hybrid.lexical.max(initial=0.0))
        found = (hybrid.lexical > 0) & (hybrid.whole | (hybrid.lexical >= floor))
        if hybrid.dense is not None:
            found |= hybrid.dense >= self.options.dense_floor
        listed: Mask = found & visible
        return listed

    def _hits(
        self,
        store: Store,
        snapshot: Snapshot,
        hybrid: HybridScores,
        scores: Scores,
        places: list[int],
        request: Request,
    ) -> list[IndexedDocument]:
        rows = store.rows(places)
        wanted = request.text if request.passages else None
        slots = {place: self._slot(store, snapshot, hybrid, place, wanted) for place in places if place in rows}
        passages = store.passages(list(slots.values()))
        cosines = np.zeros(len(scores)) if hybrid.dense is None else hybrid.dense
        return [
            stored(
                rows[place], float(scores[place]), float(cosines[place]), passages.get(slot), bool(hybrid.whole[place])
            )
            for place, slot in slots.items()
        ]

    def _slot(self, store: Store, snapshot: Snapshot, hybrid: HybridScores, place: int, text: str | None) -> int:
        """The passage that answers best: the nearest, or without a model the one with most of the words. None where
        no text is wanted.
        """
        if text is None:
            return -1
        if hybrid.query is not None:
            return snapshot.nearest_slot(place, hybrid.query)
        slots = list(range(int(snapshot.first[place]), int(snapshot.last[place])))
        if len(slots) < 2 or not text:
            return slots[0] if slots else -1
        wanted = text_analysis.stems(text)
        texts = {slot: row["text"] for slot, row in store.passages(slots).items()}
        return max(slots, key=lambda slot: text_analysis.hits(texts.get(slot, ""), wanted))

    @contextmanager
    def _reading(self) -> Iterator[tuple[Store, Snapshot]]:
        """One state of the index: the file and its snapshot are of the same version."""
        store = self._store()
        while True:
            with store.transaction("DEFERRED"):
                snapshot = self._snapshot(store)
                if snapshot.version == store.version:
                    yield store, snapshot
                    return

    def _store(self) -> Store:
        """The connection of this thread to the index in use."""
        path = self.home.current()
        held: Store | None = getattr(self._local, "store", None)
        if held and held.path == path:
            return held
        if held:
            held.close()
            self._local.store = None
        if path is None:
            raise EngineUnavailable("There is no search index yet: run “manage.py search rebuild”.")
        self._local.store = ours(Store(path))
        return self._local.store

    def _snapshot(self, store: Store) -> Snapshot:
        with self._lock:
            name = store.path.name
            snapshot = self._snapshots.get(name) or Snapshot.empty()
            if snapshot.version < store.version:
                snapshot = snapshot.refreshed(store)
                self._snapshots = {name: snapshot}
            return snapshot

    def titles(self, request: TitleRequest) -> list[list[TitleMatch]]:
        with self._visible(request.tokens) as (store, snapshot, visible):
            return titles.matching(store, snapshot, visible, request)

    def words_near(self, words: Sequence[str], tokens: frozenset[str]) -> Mapping[str, Mapping[str, int]]:
        with self._visible(tokens) as (store, _, visible):
            return titles.words_near(store, visible, words)

    def holding(self, word: str, tokens: frozenset[str], size: int) -> list[str]:
        with self._visible(tokens) as (store, _, visible):
            return titles.holding(store, visible, word, size)

    @contextmanager
    def _visible(self, tokens: frozenset[str]) -> Iterator[tuple[Store, Snapshot, Mask]]:
        """One state of the index, and which of its documents the tokens open."""
        with trouble(), self._reading() as (store, snapshot):
            yield store, snapshot, snapshot.alive & snapshot.meeting(AUDIENCE, tokens)

    # -- for the operator ----------------------------------------------------------------------------------------------
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        with trouble(), self._reading() as (store, _):
            rows = store.db.execute("SELECT key, content, rights FROM documents")
            return {row["key"]: Fingerprint(row["content"], row["rights"]) for row in rows}

    def centres(self) -> Mapping[str, Vectors]:
        """The direction in which each document lies, by key."""
        with trouble(), self._reading() as (store, snapshot):
            rows = store.db.execute("SELECT key, id FROM documents")
            return {row["key"]: snapshot.centre(row["id"]) for row in rows}

    def stats(self) -> Mapping[str, int | str]:
        with trouble(), self._reading() as (store, snapshot):
            living = int((snapshot.last - snapshot.first)[snapshot.alive].sum())
            return {
                "documents": int(snapshot.alive.sum()),
                "passages": living,
                "unused slots": store.slots - living,
                "bytes": store.path.stat().st_size,
                "bytes of vectors": store.path.with_suffix(".vectors").stat().st_size,
                "model": store.meta("model", ""),
                "file": str(store.path),
            }


def narrowed(snapshot: Snapshot, listed: Mask, request: Request) -> tuple[Mask, dict[str, Any]]:
    """The documents that pass every filter, and each facet's counts under the filters of the others. Where every
    candidate is ranked and none is listed, there is nothing to count.
    """
    passes = {
        facet: snapshot.meeting(facet, request.filters[facet]) if request.filters.get(facet) else None
        for facet in FACETS
    }
    counts = {}
    for facet in FACETS if request.listed_only else ():
        others = [mask for name, mask in passes.items() if name != facet and mask is not None]
        counts[facet] = snapshot.counts(facet, np.logical_and.reduce([listed, *others]))
    every = [mask for mask in passes.values() if mask is not None]
    return np.logical_and.reduce([listed, *every]), counts
