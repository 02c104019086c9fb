"""Puts documents in an index of the cluster, computing as few vectors as possible."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch, helpers

from core.batches import batches
from indexing.documents import Document
from indexing.embedding import Encoder
from indexing.engines.base import Progress
from indexing.engines.elasticsearch import schema
from indexing.engines.elasticsearch.cluster import Cluster
from indexing.passages import Passage

BATCH = 64
BATCH_ANEW = 500  # when an index is made that nobody asks yet
AHEAD = 2  # batches that are on their way while the next one is made
CHUNK_BYTES = 8 * 1024 * 1024
Sources = dict[str, dict[str, Any]]


class ClusterWriter:
    """Writes to one index or alias. ``donors`` are indexes whose vectors may be taken over."""

    def __init__(self, cluster: Cluster, index: str, encoder: Encoder | None, donors: Sequence[str] = ()) -> None:
        self.cluster, self.index, self.encoder = cluster, index, encoder
        self.donors = [index, *donors]

    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Add or replace. What did not change is left alone; changed rights alone embed nothing."""
        for batch in batches(documents, BATCH):
            self._put_batch({document.key: document for document in batch})
            if progress:
                progress(len(batch))

    def remove(self, keys: Iterable[str]) -> None:
        """Leave a mark where a document was, so that a rebuild that is under way learns of it."""
        known = self._read(self.index, list(keys), ["key"])
        self._send({key: schema.mark_of(key) for key in known})

    def _put_batch(self, documents: Mapping[str, Document]) -> None:
        known = self._read(self.index, list(documents), ["key", "content", "rights"])
        new = [each for each in documents.values() if known.get(each.key, {}).get("content") != each.content_hash]
        fresh = {document.key for document in new}
        moved = {
            key: each
            for key, each in documents.items()
            if key not in fresh and known[key].get("rights") != each.rights_hash
        }
        self._send(self._made(new) | self._moved(moved))

    def _made(self, documents: Sequence[Document]) -> Sources:
        pieces = {document.key: document.passages for document in documents}
        vectors = self._vectors(pieces)
        return {document.key: schema.source_of(document, pieces[document.key], vectors) for document in documents}

    def _moved(self, documents: Mapping[str, Document]) -> Sources:
        held = self._read(self.index, list(documents), None)
        return {key: schema.with_vectors(held[key]) | schema.rights_of(documents[key]) for key in held}

    def _vectors(self, pieces: Mapping[str, Sequence[Passage]]) -> dict[str, bytes]:
        """A vector for each passage: taken over from what stood under the same key, else computed."""
        if self.encoder is None:
            return {}
        wanted = {passage.hash: passage for passages in pieces.values() for passage in passages}
        found: dict[str, bytes] = {}
        for donor in self.donors:
            for source in self._read(donor, list(pieces), ["key", "passages.hash", "passages.bytes"]).values():
                found |= {hash_: vector for hash_, vector in schema.vectors_in(source).items() if hash_ in wanted}
        missing = [passage for hash_, passage in wanted.items() if hash_ not in found]
        if missing:
            vectors = self.encoder.passages([passage.reading for passage in missing]).astype(np.float32)
            found |= {passage.hash: vector.tobytes() for passage, vector in zip(missing, vectors, strict=True)}
        return found

    def _read(self, index: str, keys: Sequence[str], fields: list[str] | None) -> Sources:
        """The stored documents under these keys, without those that were removed."""
        if not keys:
            return {}
        includes = None if fields is None else [*fields, schema.GONE]
        with self.cluster.writing() as client:
            answer = client.mget(index=index, ids=list(keys), source_includes=includes)
        found = {each["_id"]: each["_source"] for each in answer["docs"] if each.get("found")}
        return {key: source for key, source in found.items() if not source.get(schema.GONE)}

    def _send(self, sources: Sources) -> None:
        if not sources:
            return
        self._bulk(sources)
        with self.cluster.writing() as client:
            refresh(client, self.index)

    def _bulk(self, sources: Sources) -> None:
        with self.cluster.writing() as client:
            helpers.bulk(client, self._actions(sources), max_chunk_bytes=CHUNK_BYTES, max_retries=0)

    def _actions(self, sources: Sources) -> Iterator[dict[str, Any]]:
        for key, source in sources.items():
            yield {"_op_type": "index", "_index": self.index, "_id": key, "_source": source}


class RebuildWriter(ClusterWriter):
    """Fills an index that nobody asks yet: nothing is compared and nothing made findable before the end, and one batch
    is made while the cluster takes the last. ``held`` are the keys that must then be in it.
    """

    def __init__(self, cluster: Cluster, index: str, encoder: Encoder | None, donors: Sequence[str] = ()) -> None:
        super().__init__(cluster, index, encoder)
        self.donors = list(donors)
        self.held: set[str] = set()

    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        on_the_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(AHEAD) as sender:
            for batch in batches(documents, BATCH_ANEW):
                made = self._made(list({document.key: document for document in batch}.values()))
                self.held |= made.keys()
                on_the_way.append(sender.submit(self._bulk, made))
                if len(on_the_way) > AHEAD:
                    on_the_way.popleft().result()
                if progress:
                    progress(len(batch))
            for last in on_the_way:
                last.result()

    def remove(self, keys: Iterable[str]) -> None:
        gone = self.held.intersection(keys)
        self.held -= gone
        if gone:
            self._bulk({key: schema.mark_of(key) for key in gone})


def refresh(client: Elasticsearch, index: str) -> None:
    """Let what was written be found."""
    client.indices.refresh(index=index)
