"""The engine over a cluster: writes to it, makes its index anew, and asks it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search

from indexing.conf import Options
from indexing.documents import Document
from indexing.embedding import Encoder, encoder_or_none, shared_encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import (
    Engine,
    EngineUnavailable,
    Fingerprint,
    Progress,
    Request,
    ResultPage,
    TitleMatch,
    TitleRequest,
)
from indexing.engines.elasticsearch import queries, schema, titles
from indexing.engines.elasticsearch.cluster import Cluster
from indexing.engines.elasticsearch.indexes import Indexes
from indexing.engines.elasticsearch.ranking_cache import RankingCache
from indexing.engines.elasticsearch.searching import ClusterSearch, Ranking, ask_all
from indexing.engines.elasticsearch.titles import Ask
from indexing.engines.elasticsearch.writer import ClusterWriter, RebuildWriter, refresh

MARGIN = 5 * 60 * 1000  # milliseconds by which the clocks of two machines may differ
WAKING = Request("help for people at home", frozenset({"everyone"}))  # any question; engines know no audiences
ROUNDS = 5  # of catching up with what is written during a rebuild


class ElasticsearchEngine(Engine):
    """An index behind an alias. ``encoder`` gives the sentence model, or raises EncoderMissing."""

    def __init__(self, options: Options, encoder: Callable[[], Encoder] | None = None) -> None:
        self.options = options
        self.cluster = Cluster(options.address)
        self.indexes = Indexes(options.address.prefix, options.shards, options.replicas)
        self._recent: RankingCache[Ranking] = RankingCache()
        self._encoder = encoder or (lambda: shared_encoder(options.threads))

    # -- writing -------------------------------------------------------------------------------------------------------
    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        self._writer().put(documents, progress)
        self._recent.forget()

    def remove(self, keys: Iterable[str]) -> None:
        self._writer().remove(keys)
        self._recent.forget()

    def _writer(self) -> ClusterWriter:
        encoder = encoder_or_none(self._encoder)
        with self.cluster.writing() as client:
            if self.indexes.serving(client) is None:
                self.indexes.make_first(client, encoder.name if encoder else "")
            index = self.indexes.check(client, lambda: encoder.name if encoder else None)
        return ClusterWriter(self.cluster, index, encoder)

    def rebuild(
        self,
        documents: Iterable[Document],
        changed: Callable[[Sequence[str]], Iterable[Document]],
        progress: Progress | None = None,
    ) -> None:
        encoder = encoder_or_none(self._encoder)
        since = schema.now() - MARGIN
        with self.cluster.writing() as client:
            old = self.indexes.serving(client)
            new = self.indexes.make(client, encoder.name if encoder else "")
        writer = RebuildWriter(self.cluster, new, encoder, [old] if old else [])
        writer.put(documents, progress)
        if old:
            self._catch_up(writer, old, since, changed)
        with self.cluster.writing() as client:
            self.indexes.finish(client, new, len(writer.held))
        self._wake(new)
        with self.cluster.writing() as client:
            replaced = self.indexes.swap(client, new)
        if replaced:
            # Who asked for the alias just before the swap wrote to the old index just after it.
            self._catch_up(writer, replaced, since, changed)
            with self.cluster.writing() as client:
                refresh(client, new)
                client.indices.delete(index=replaced, ignore_unavailable=True)
        with self.cluster.writing() as client:
            self.indexes.sweep(client, keep=new)
        self._recent.forget()

    def _wake(self, index: str) -> None:
        """Ask a new index once before anybody else does, and without haste: the first question has much of a large
        index read from the disk, which takes longer than anybody who searches waits.
        """
        with suppress(EngineUnavailable), self.cluster.writing() as client:
            ClusterSearch(client, index, self.options, WAKING, self._query, RankingCache()).answer()

    def _catch_up(
        self, writer: ClusterWriter, old: str, since: int, changed: Callable[[Sequence[str]], Iterable[Document]]
    ) -> None:
        """Bring along what was written to ``old`` meanwhile, until nothing more comes."""
        seen: dict[str, int] = {}
        for _round in range(ROUNDS):
            with self.cluster.writing() as client:
                refresh(client, old)
                written = dict(self._written(client, old, since))
            keys = [key for key, moment in written.items() if seen.get(key) != moment]
            if not keys:
                return
            found = {document.key: document for document in changed(keys)}
            writer.put(found.values())
            writer.remove([key for key in keys if key not in found])
            seen = written

    def _written(self, client: Elasticsearch, index: str, since: int) -> Iterator[tuple[str, int]]:
        search = Search().query(queries.written_since(since)).source(["key", "written"])
        for hit in helpers.scan(client, query=search.to_dict(), index=index):
            yield hit["_source"]["key"], hit["_source"]["written"]

    # -- reading -------------------------------------------------------------------------------------------------------
    def search(self, request: Request) -> ResultPage:
        with self.cluster.reading() as client:
            index = self.indexes.check(client, self._model)
            return ClusterSearch(client, index, self.options, request, self._query, self._recent).answer()

    def titles(self, request: TitleRequest) -> list[list[TitleMatch]]:
        with self._asking() as ask:
            return titles.matching(ask, request)

    def words_near(self, words: Sequence[str], tokens: frozenset[str]) -> Mapping[str, Mapping[str, int]]:
        with self._asking() as ask:
            return titles.words_near(ask, tokens, words)

    def holding(self, word: str, tokens: frozenset[str], size: int) -> list[str]:
        with self._asking() as ask:
            return titles.holding(ask, tokens, word, size)

    @contextmanager
    def _asking(self) -> Iterator[Ask]:
        """Asks several questions of the index in one request."""
        with self.cluster.reading() as client:
            yield partial(ask_all, client, self.indexes.check(client, self._model))

    def _model(self) -> str | None:
        encoder = encoder_or_none(self._encoder)
        return encoder.name if encoder else None

    def _query(self, text: str) -> Vectors | None:
        encoder = encoder_or_none(self._encoder)
        return encoder.query(text) if encoder else None

    # -- for the operator ----------------------------------------------------------------------------------------------
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        search = Search().query(queries.not_gone()).source(["key", "content", "rights"])
        with self.cluster.writing() as client:
            index = self.indexes.check(client, self._model)
            hits = helpers.scan(client, query=search.to_dict(), index=index)
            return {
                hit["_source"]["key"]: Fingerprint(hit["_source"].get("content", ""), hit["_source"].get("rights", ""))
                for hit in hits
            }

    def stats(self) -> Mapping[str, int | str]:
        with self.cluster.writing() as client:
            index = self.indexes.check(client, self._model)
            serving = self.indexes.serving(client) or ""
            figures = client.indices.stats(index=index, metric=["docs", "store"])["_all"]["primaries"]
            things = client.count(index=index, query=queries.not_gone().to_dict())["count"]
            meta = client.indices.get_mapping(index=serving)[serving]["mappings"]["_meta"]
            health = client.cluster.health(index=index)
            return {
                "documents": int(things),
                "passages": int(figures["docs"]["count"]) - int(client.count(index=index)["count"]),
                "bytes": int(figures["store"]["size_in_bytes"]),
                "model": meta["model"],
                "index": serving,
                "nodes": int(health["number_of_nodes"]),
                "health": str(health["status"]),
            }
