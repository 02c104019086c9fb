"""Searches a cluster: asks both halves at once, fills in what one of them missed, and fuses them in the hub."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search

from search import fusion, words
from search.conf import Options
from search.documents import Document
from search.embedding import Encoder, EncoderMissing, shared_encoder
from search.embedding.encoder import Vectors
from search.engines.base import FACETS, Answer, Engine, EngineUnavailable, Fingerprint, Progress, Request, Stored
from search.engines.elasticsearch import questions, schema
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.indexes import Indexes
from search.engines.elasticsearch.writer import Writer, refresh

logger = logging.getLogger(__name__)

MARGIN = 5 * 60 * 1000  # milliseconds by which the clocks of two machines may differ
ROUNDS = 5  # of catching up with what is written during a rebuild


@dataclass(slots=True)
class Half:
    """What one half says: scores by key, and for the words the best score of all and who holds every word."""

    scores: dict[str, float] = field(default_factory=dict)
    best: float = 0.0
    whole: set[str] = field(default_factory=set)


class ElasticsearchEngine(Engine):
    """An index behind an alias. ``encoder`` gives the sentence model, or raises EncoderMissing."""

    def __init__(self, options: Options, encoder: Callable[[], Encoder] | None = None) -> None:
        self.options = options
        self.cluster = Cluster(options.address)
        self.indexes = Indexes(options.address.prefix, options.shards, options.replicas)
        self._encoder = encoder or (lambda: shared_encoder(options.threads))

    # -- writing -------------------------------------------------------------------------------------------------------
    def put(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        self._writer().put(documents, progress)

    def remove(self, keys: Iterable[str]) -> None:
        self._writer().remove(keys)

    def _writer(self) -> Writer:
        encoder = self._encoder_or_none()
        with self.cluster.writing() as client:
            if self.indexes.serving(client) is None:
                self.indexes.make_first(client, encoder.name if encoder else "")
            index = self.indexes.check(client, lambda: encoder.name if encoder else None)
        return Writer(self.cluster, index, encoder)

    def rebuild(
        self,
        documents: Iterable[Document],
        changed: Callable[[Sequence[str]], Iterable[Document]],
        progress: Progress | None = None,
    ) -> None:
        encoder = self._encoder_or_none()
        since = schema.now() - MARGIN
        with self.cluster.writing() as client:
            old = self.indexes.serving(client)
            new = self.indexes.make(client, encoder.name if encoder else "")
        writer = Writer(self.cluster, new, encoder, [old] if old else [])
        writer.put(documents, progress)
        if old:
            self._catch_up(writer, old, since, changed)
        with self.cluster.writing() as client:
            replaced = self.indexes.swap(client, new)
        if replaced:
            # Who asked for the alias just before the swap wrote to the old index just after it.
            self._catch_up(writer, replaced, since, changed)
            with self.cluster.writing() as client:
                client.indices.delete(index=replaced, ignore_unavailable=True)
        with self.cluster.writing() as client:
            self.indexes.sweep(client, keep=new)

    def _catch_up(
        self, writer: Writer, old: str, since: int, changed: Callable[[Sequence[str]], Iterable[Document]]
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
        search = Search().query(questions.written_since(since)).source(["key", "written"])
        for hit in helpers.scan(client, query=search.to_dict(), index=index):
            yield hit["_source"]["key"], hit["_source"]["written"]

    def _encoder_or_none(self) -> Encoder | None:
        try:
            return self._encoder()
        except EncoderMissing as error:
            logger.warning("Search works with words only: %s", error)
            return None

    # -- reading -------------------------------------------------------------------------------------------------------
    def search(self, request: Request) -> Answer:
        with self.cluster.reading() as client:
            index = self.indexes.check(client, self._model)
            return Asking(client, index, self.options, request, self._query).answer()

    def _model(self) -> str | None:
        encoder = self._encoder_or_none()
        return encoder.name if encoder else None

    def _query(self, text: str) -> Vectors | None:
        encoder = self._encoder_or_none()
        return encoder.query(text) if encoder else None

    # -- for the operator ----------------------------------------------------------------------------------------------
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        search = Search().query(questions.not_gone()).source(["key", "content", "rights"])
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
            things = client.count(index=index, query=questions.not_gone().to_dict())["count"]
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


class Asking:
    """One request, from the first question to the answer."""

    def __init__(
        self,
        client: Elasticsearch,
        index: str,
        options: Options,
        request: Request,
        query: Callable[[str], Vectors | None],
    ) -> None:
        self.client, self.index, self.options, self.request = client, index, options, request
        self.asked = words.terms(request.text)
        self.also = words.words(request.also)
        self.within = [questions.visible(request.tokens), *questions.chosen(request.filters)]
        self._embed = query

    def answer(self) -> Answer:
        if self.request.like:
            return self._like()
        if not self.request.text.strip():
            return self._browse()
        wants_meaning = bool(self.asked) and self.request.dense
        query = self._embed(f"{self.request.text} {self.request.also}".strip()) if wants_meaning else None
        model_is_there = query is not None or not wants_meaning
        return self._ranked(self.asked if self.request.lexical else [], query, model_is_there)

    def _like(self) -> Answer:
        """What is near to one thing, which the viewer must be able to see."""
        held = self._one(
            Search()
            .query("bool", filter=[questions.only([self.request.like]), questions.visible(self.request.tokens)])
            .source(["passages.hash", "passages.bytes"])
            .extra(size=1)
        )
        hits = held["hits"]["hits"]
        centre = schema.centre_of(hits[0]["_source"]) if hits else None
        if centre is None:
            return Answer([], 0, {}, dense=True)
        self.within.append(questions.but(self.request.like))
        return self._ranked([], centre, model_is_there=True)

    def _browse(self) -> Answer:
        request = self.request
        page, counted = self._all(
            questions.newest(request.tokens, request.filters, request.start, request.size),
            questions.counts(questions.everything(), request.tokens, request.filters),
        )
        hits = [schema.stored(hit["_source"], 0.0, 0.0, "") for hit in page["hits"]["hits"]]
        return Answer(hits, total(counted), counts(counted), dense=True)

    def _ranked(self, asked: Sequence[str], query: Vectors | None, model_is_there: bool) -> Answer:
        lexical, dense, near, floor = self._halves(asked, query)
        keys = sorted({*lexical.scores, *dense.scores})
        counted = self._fill(asked, query, lexical, dense, keys, near, floor)
        by_words = np.array([lexical.scores.get(key, 0.0) for key in keys])
        by_meaning = None if query is None else np.array([dense.scores.get(key, 0.0) for key in keys])
        everybody = np.ones(len(keys), bool)
        pool = fusion.candidates(by_words, by_meaning, everybody, self.options.depth)
        scores = fusion.fuse(by_words, by_meaning, pool, self.options.dense_weight)
        listed = pool
        if self.request.listed_only:
            holds = np.array([key in lexical.whole for key in keys], bool)
            listed = (by_words > 0) & (holds | (by_words >= floor))
            if by_meaning is not None:
                listed |= by_meaning >= self.options.dense_floor
        places = fusion.ranked(scores, listed)
        page = [int(place) for place in places[self.request.start : self.request.start + self.request.size]]
        rank = {keys[place]: float(scores[place]) for place in page}
        cosines = {key: dense.scores.get(key, 0.0) for key in rank}
        hits = self._hits(rank, cosines, query)
        reachable = len(places)
        if counted is None:
            return Answer(hits, reachable, {}, model_is_there)
        return Answer(hits, max(total(counted), reachable), counts(counted), model_is_there, reachable)

    def _halves(self, asked: Sequence[str], query: Vectors | None) -> tuple[Half, Half, list[str], float]:
        """The best of each half under the filters, and what counts as found without them: whom meaning puts near, and
        the floor for words.
        """
        depth, anywhere = self.options.depth, [questions.visible(self.request.tokens)]
        asking: dict[str, Search] = {}
        if asked:
            asking["lexical"] = questions.lexical(asked, self.also, self.within, depth)
        if query is not None:
            asking["dense"] = questions.dense(query, self.within, depth)
        if self.request.filters and asked:
            asking["best"] = questions.lexical(asked, self.also, anywhere, 1)
        if self.request.filters and query is not None:
            asking["near"] = questions.dense(query, anywhere, depth)
        told = dict(zip(asking, self._all(*asking.values()), strict=True)) if asking else {}
        lexical, dense = read_lexical(told.get("lexical")), read_dense(told.get("dense"))
        best = read_lexical(told["best"]).best if "best" in told else lexical.best
        around = read_dense(told["near"]) if "near" in told else dense
        near = [key for key, cosine in around.scores.items() if cosine >= self.options.dense_floor]
        return lexical, dense, near, self.options.lexical_floor * best

    def _fill(
        self,
        asked: Sequence[str],
        query: Vectors | None,
        lexical: Half,
        dense: Half,
        keys: Sequence[str],
        near: Sequence[str],
        floor: float,
    ) -> Any:
        """Ask each half for what only the other found, so that it counts with its true score; and count."""
        asking: dict[str, Search] = {}
        unread = [key for key in keys if key not in lexical.scores]
        unplaced = [key for key in keys if key not in dense.scores]
        if asked and unread:
            asking["lexical"] = questions.lexical(asked, self.also, [questions.only(unread)], len(unread))
        if query is not None and unplaced:
            asking["dense"] = questions.dense(query, [questions.only(unplaced)], len(unplaced))
        if self.request.listed_only:
            listed = questions.listed(asked, self.also, floor, near)
            asking["counts"] = questions.counts(listed, self.request.tokens, self.request.filters)
        told = dict(zip(asking, self._all(*asking.values()), strict=True)) if asking else {}
        more = read_lexical(told.get("lexical"))
        lexical.scores |= more.scores
        lexical.whole |= more.whole
        dense.scores |= read_dense(told.get("dense")).scores
        return told.get("counts")

    def _hits(self, scores: Mapping[str, float], cosines: Mapping[str, float], query: Vectors | None) -> list[Stored]:
        """What a page shows of each, with the passage that answers best."""
        if not scores:
            return []
        wanted = [questions.only(scores)]
        shown: list[Any] = [*questions.SHOWN, *(["passages.text"] if query is None and self.request.passages else [])]
        asking = [Search().query("bool", filter=wanted).source(shown).extra(size=len(scores))]
        if query is not None and self.request.passages:
            asking.append(questions.dense(query, wanted, len(scores), with_passages=True))
        told = self._all(*asking)
        sources = {hit["_id"]: hit["_source"] for hit in told[0]["hits"]["hits"]}
        if len(told) > 1:
            passages = {hit["_id"]: best_passage(hit) for hit in told[1]["hits"]["hits"]}
        else:
            passages = {key: self._fullest(source) for key, source in sources.items()}
        return [
            schema.stored(sources[key], score, cosines[key], passages.get(key, ""))
            for key, score in scores.items()
            if key in sources
        ]

    def _fullest(self, source: Mapping[str, Any]) -> str:
        """Without a model: the passage with most of the words."""
        texts = [passage["text"] for passage in source.get("passages", [])]
        wanted = words.stems(self.request.text)
        return max(texts, key=lambda text: words.hits(text, wanted)) if texts else ""

    def _one(self, search: Search) -> Any:
        return self._all(search)[0]

    def _all(self, *searches: Search) -> list[Any]:
        """The answers of several questions, asked in one."""
        body: list[dict[str, Any]] = []
        for search in searches:
            body += [{}, search.to_dict()]
        answers = list(self.client.msearch(index=self.index, searches=body)["responses"])
        for answer in answers:
            if "error" in answer:
                raise refused(answer)
        return answers


def refused(answer: Mapping[str, Any]) -> EngineUnavailable:
    """The failure of one question among several."""
    said = answer["error"].get("reason", answer["error"])
    return EngineUnavailable(f"The search cluster refused a question: {said}")


def read_lexical(answer: Mapping[str, Any] | None) -> Half:
    half = Half()
    for hit in answer["hits"]["hits"] if answer else ():
        half.scores[hit["_id"]] = float(hit["_score"])
        if questions.WHOLE in hit.get("matched_queries", ()):
            half.whole.add(hit["_id"])
    half.best = max(half.scores.values(), default=0.0)
    return half


def read_dense(answer: Mapping[str, Any] | None) -> Half:
    """Elasticsearch gives (1 + cosine) / 2, so that no score is below zero."""
    hits = answer["hits"]["hits"] if answer else ()
    return Half({hit["_id"]: 2 * float(hit["_score"]) - 1 for hit in hits})


def best_passage(hit: Mapping[str, Any]) -> str:
    inner = next(iter(hit["inner_hits"].values()))["hits"]["hits"]
    return str(inner[0]["_source"]["text"]) if inner else ""


def total(counted: Mapping[str, Any]) -> int:
    return int(counted["aggregations"]["total"]["doc_count"])


def counts(counted: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """The facets' counts out of the answer that holds them."""
    told = {name: counted["aggregations"][name]["values"]["buckets"] for name in FACETS}
    return {name: Counter({each["key"]: int(each["doc_count"]) for each in found}) for name, found in told.items()}
