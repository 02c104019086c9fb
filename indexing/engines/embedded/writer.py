"""Puts documents in an index file, computing as few vectors as possible."""

from collections.abc import Iterable, Sequence

import numpy as np

from core.batches import batches
from indexing.documents import Document
from indexing.embedding import Encoder
from indexing.engines.base import EngineUnavailable, Progress
from indexing.engines.embedded import postings
from indexing.engines.embedded.store import Store
from indexing.passages import Passage

BATCH = 128


class FileWriter:
    """Writes to one store. ``donors`` are stores whose vectors may be reused."""

    def __init__(self, store: Store, encoder: Encoder | None, donors: Sequence[Store] = ()) -> None:
        self.store = store
        self.encoder = encoder
        self.donors = [store, *donors]
        self.claim_model()

    def claim_model(self) -> None:
        """Vectors of two models must never stand in one index."""
        if self.encoder is None:
            return
        if self.store.meta("model", self.encoder.name) != self.encoder.name:
            raise EngineUnavailable("The search index was made with another sentence model: rebuild it.")
        self.store.set_meta("model", self.encoder.name)
        self.donors = [donor for donor in self.donors if donor.meta("model", "") == self.encoder.name]

    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        for batch in batches(documents, BATCH):
            self._put_batch({document.key: document for document in batch})
            if progress:
                progress(len(batch))
        postings.weigh_if_worn(self.store)

    def remove(self, keys: Iterable[str]) -> None:
        known = self.store.known(list(keys))
        if known:
            with self.store.transaction():
                self.store.erase(known, self.store.next_version())

    def _put_batch(self, documents: dict[str, Document]) -> None:
        known = self.store.known(list(documents))
        new = [
            doc for doc in documents.values() if doc.key not in known or known[doc.key]["content"] != doc.content_hash
        ]
        fresh = {document.key for document in new}
        moved = [
            doc for doc in documents.values() if doc.key not in fresh and known[doc.key]["rights"] != doc.rights_hash
        ]
        if moved:  # first: who may see a thing waits for no reading
            self._write_rights(moved)
        if new:
            self._write(new)

    def _write_rights(self, moved: Sequence[Document]) -> None:
        with self.store.transaction():
            version = self.store.next_version()
            for document in moved:
                self.store.write_rights(document, version)

    def _write(self, new: Sequence[Document]) -> None:
        pieces = {document.key: document.passages for document in new}
        # Before the transaction: embedding takes seconds, and nobody should wait for the file meanwhile.
        vectors = self._vectors([passage for passages in pieces.values() for passage in passages])
        with self.store.transaction():
            version = self.store.next_version()
            for document in new:
                passages = [(passage, vectors.get(passage.hash)) for passage in pieces[document.key]]
                self.store.write(document, passages, version)

    def _vectors(self, passages: Sequence[Passage]) -> dict[str, bytes]:
        """A vector for each passage hash: found where one was computed before, else computed."""
        if self.encoder is None:
            return {}
        wanted = {passage.hash: passage for passage in passages}
        found: dict[str, bytes] = {}
        for donor in self.donors:
            found |= donor.vectors([hash_ for hash_ in wanted if hash_ not in found])
        missing = [passage for hash_, passage in wanted.items() if hash_ not in found]
        if missing:
            vectors = self.encoder.passages([passage.reading for passage in missing]).astype(np.float32)
            found |= {passage.hash: vector.tobytes() for passage, vector in zip(missing, vectors, strict=True)}
        return found
