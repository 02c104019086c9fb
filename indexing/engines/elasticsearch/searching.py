"""One search of a cluster: both retrievers at once, then what one of them missed, then the page."""

from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Query

from indexing import fusion, text_analysis
from indexing.conf import Options
from indexing.embedding.encoder import Vectors
from indexing.engines.base import EngineUnavailable, IndexedDocument, Request, ResultPage
from indexing.engines.elasticsearch import queries, schema
from indexing.engines.elasticsearch.counts import FacetCounts, counted
from indexing.engines.elasticsearch.executor import in_background
from indexing.engines.elasticsearch.hits import RetrieverResult, best_passage, read_dense, read_lexical
from indexing.engines.elasticsearch.queries import LexicalClauses
from indexing.engines.elasticsearch.ranking_cache import RankingCache


@dataclass(frozen=True, slots=True)
class HybridResult:
    """What both retrievers found, with the true score of each thing in each."""

    lexical: RetrieverResult
    dense: RetrieverResult
    floor: float  # from which on words alone list a thing
    query: Vectors | None
    counted: FacetCounts | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that was ranked, best first, with what the page of it says: scores and cosines by key."""

    scores: Mapping[str, float]
    cosines: Mapping[str, float]
    whole: Collection[str]  # those that hold every word
    counted: FacetCounts | None
    query: Vectors | None
    model_is_there: bool = True

    def sure(self, floor: float) -> Mapping[str, float]:
        """Those that hold every word, or are as near in meaning as ``floor``."""
        if self.query is None:
            return self.scores
        return {
            key: score for key, score in self.scores.items() if key in self.whole or self.cosines.get(key, 0.0) >= floor
        }


class ClusterSearch:
    """One request, from the first question to the answer."""

    def __init__(
        self,
        client: Elasticsearch,
        index: str,
        options: Options,
        request: Request,
        query: Callable[[str], Vectors | None],
        recent: RankingCache[Ranking],
    ) -> None:
        self.client, self.index, self.options, self.request = client, index, options, request
        self.wanted = LexicalClauses(
            text_analysis.terms(request.text),
            text_analysis.words(request.also),
            text_analysis.beginnings(request.text),
            text_analysis.phrases(request.text),
        )
        self.within = [
            queries.visible(request.tokens),
            *queries.chosen(request.filters),
            *self.wanted.holding_phrases(),
        ]
        self._embed = query
        self._recent = recent

    def answer(self) -> ResultPage:
        if self.request.like:
            return self._like()
        if not self.request.text.strip():
            return self._browse()
        return self._page(self._recent.of(self._question(), self._ranking))

    def _question(self) -> Hashable:
        """All of the request that the ranking depends on, but not which page of it is wanted."""
        asked = self.request
        filters = tuple(sorted((name, tuple(sorted(values))) for name, values in asked.filters.items()))
        return asked.text, asked.also, asked.tokens, filters, asked.lexical, asked.dense, asked.listed_only

    def _ranking(self) -> Ranking:
        asked = f"{self.request.text} {self.request.also}".strip()
        wants_meaning = bool(self.wanted) and self.request.dense
        wanted = self.wanted if self.request.lexical else LexicalClauses(())
        ranking = self._ranked(wanted, lambda: self._embed(asked) if wants_meaning else None)
        return replace(ranking, model_is_there=ranking.query is not None or not wants_meaning)

    def _like(self) -> ResultPage:
        """What is near to one thing, which the viewer must be able to see."""
        held = self._one(
            Search()
            .query("bool", filter=[queries.only([self.request.like]), queries.visible(self.request.tokens)])
            .source(["passages.hash", "passages.bytes"])
            .extra(size=1)
        )
        hits = held["hits"]["hits"]
        centre = schema.centre_of(hits[0]["_source"]) if hits else None
        if centre is None:
            return ResultPage([], 0, {}, dense=True)
        self.within.append(queries.but(self.request.like))
        return self._page(self._ranked(LexicalClauses(()), lambda: centre))

    def _browse(self) -> ResultPage:
        request = self.request
        page, there = self._all(
            queries.newest(request.tokens, request.filters, request.start, request.size),
            queries.counts(queries.everything(), request.tokens, request.filters),
        )
        hits = [schema.stored(hit["_source"], 0.0, 0.0) for hit in page["hits"]["hits"]]
        every = counted(there)
        return ResultPage(hits, every.total, every.facets, dense=True)

    def _ranked(self, wanted: LexicalClauses, query: Callable[[], Vectors | None]) -> Ranking:
        found = self._retrieve(wanted, query)
        lexical, dense = found.lexical, found.dense
        keys = sorted({*lexical.scores, *dense.scores})
        by_words = np.array([lexical.scores.get(key, 0.0) for key in keys])
        by_meaning = None if found.query is None else np.array([dense.scores.get(key, 0.0) for key in keys])
        everybody = np.ones(len(keys), bool)
        pool = fusion.candidates(by_words, by_meaning, everybody, self.options.depth)
        scores = fusion.fuse(by_words, by_meaning, pool, self.options.dense_weight)
        listed = pool
        if self.request.listed_only and not wanted.phrases:
            holds = np.array([key in lexical.whole for key in keys], bool)
            listed = (by_words > 0) & (holds | (by_words >= found.floor))
            if by_meaning is not None:
                listed |= by_meaning >= self.options.dense_floor
        rank = {keys[place]: float(scores[place]) for place in fusion.ranked(scores, listed)}
        return Ranking(rank, dense.scores, lexical.whole, found.counted, found.query)

    def _retrieve(self, wanted: LexicalClauses, query: Callable[[], Vectors | None]) -> HybridResult:
        """To find by meaning takes longest. Meanwhile the words are looked for, and what they find is counted: that has
        to look at each thing with one of the words. What only meaning finds is little, and counted afterwards.
        """
        counts = self.request.listed_only
        by_words = in_background(self._by_words, wanted) if wanted else None
        by_count = in_background(self._counted_by_words, wanted, by_words) if by_words and counts else None
        asked = query()
        dense, near = self._by_meaning(asked) if asked is not None else (RetrieverResult(), [])
        lexical, floor = by_words.result() if by_words else (RetrieverResult(), 0.0)
        further = queries.listed_by_meaning(wanted, floor, near) if counts else None
        more = self._fill(wanted, asked, lexical, dense, further)
        every = more + (by_count.result() if by_count else FacetCounts()) if counts else None
        return HybridResult(lexical, dense, floor, asked, every)

    def _page(self, ranking: Ranking) -> ResultPage:
        ranked = ranking.sure(self.options.sure_floor) if self.request.sure else ranking.scores
        start, reachable = self.request.start, len(ranked)
        page = dict(islice(ranked.items(), start, start + self.request.size))
        cosines = {key: ranking.cosines.get(key, 0.0) for key in page}
        hits = [replace(hit, whole=hit.key in ranking.whole) for hit in self._hits(page, cosines, ranking.query)]
        if ranking.counted is None:
            return ResultPage(hits, reachable, {}, ranking.model_is_there)
        whole = max(ranking.counted.total, reachable)
        return ResultPage(hits, whole, ranking.counted.facets, ranking.model_is_there, reachable)

    def _by_words(self, wanted: LexicalClauses) -> tuple[RetrieverResult, float]:
        """The best by words under the filters; and the floor for words, which the best of all without them sets."""
        asking = [queries.lexical(wanted, self.within, self.options.depth)]
        if self.request.filters:
            asking.append(queries.lexical(wanted, [queries.visible(self.request.tokens)], 1))
        told = [read_lexical(answer) for answer in self._all(*asking)]
        return told[0], self.options.lexical_floor * told[-1].best

    def _by_meaning(self, query: Vectors) -> tuple[RetrieverResult, list[str]]:
        """The best by meaning under the filters; and what without them is near enough to count as found."""
        depth = self.options.depth
        asking = [queries.dense(query, self.within, depth)]
        if self.request.filters:
            asking.append(queries.dense(query, [queries.visible(self.request.tokens)], depth))
        told = [read_dense(answer) for answer in self._all(*asking)]
        return told[0], [key for key, cosine in told[-1].scores.items() if cosine >= self.options.dense_floor]

    def _counted_by_words(self, wanted: LexicalClauses, by_words: Future[tuple[RetrieverResult, float]]) -> FacetCounts:
        _found, floor = by_words.result()
        listed = queries.listed_by_words(wanted, floor)
        return counted(self._one(queries.counts(listed, self.request.tokens, self.request.filters)))

    def _fill(
        self,
        wanted: LexicalClauses,
        query: Vectors | None,
        lexical: RetrieverResult,
        dense: RetrieverResult,
        further: Query | None,
    ) -> FacetCounts:
        """Ask each retriever for what only the other found, so that its true score counts; and count ``further``."""
        asking: dict[str, Search] = {}
        unread = dense.scores.keys() - lexical.scores.keys()
        unplaced = lexical.scores.keys() - dense.scores.keys()
        if wanted and unread:
            asking["lexical"] = queries.lexical(wanted, [queries.only(unread)], len(unread))
        if query is not None and unplaced:
            asking["dense"] = queries.dense(query, [queries.only(unplaced)], len(unplaced))
        if further is not None:
            asking["counts"] = queries.counts(further, self.request.tokens, self.request.filters)
        told = dict(zip(asking, self._all(*asking.values()), strict=True)) if asking else {}
        more = read_lexical(told.get("lexical"))
        lexical.scores |= more.scores
        lexical.whole |= more.whole
        dense.scores |= read_dense(told.get("dense")).scores
        return counted(told["counts"]) if "counts" in told else FacetCounts()

    def _hits(
        self, scores: Mapping[str, float], cosines: Mapping[str, float], query: Vectors | None
    ) -> list[IndexedDocument]:
        """What a page shows of each, with the passage that answers best."""
        if not scores:
            return []
        wanted = [queries.only(scores), queries.visible(self.request.tokens)]
        shown: list[Any] = [*queries.SHOWN, *(queries.PASSAGE if query is None and self.request.passages else [])]
        asking = [Search().query("bool", filter=wanted).source(shown).extra(size=len(scores))]
        if query is not None and self.request.passages:
            asking.append(queries.dense(query, wanted, len(scores), with_passages=True))
        told = self._all(*asking)
        sources = {hit["_id"]: hit["_source"] for hit in told[0]["hits"]["hits"]}
        if len(told) > 1:
            passages = {hit["_id"]: best_passage(hit) for hit in told[1]["hits"]["hits"]}
        else:
            passages = {key: self._fullest(source) for key, source in sources.items()}
        return [
            schema.stored(sources[key], score, cosines[key], passages.get(key))
            for key, score in scores.items()
            if key in sources
        ]

    def _fullest(self, source: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Without a model: the passage with most of the words."""
        stems = text_analysis.stems(self.request.text)
        return max(
            source.get("passages", ()), key=lambda passage: text_analysis.hits(passage["text"], stems), default=None
        )

    def _one(self, search: Search) -> Any:
        return self._all(search)[0]

    def _all(self, *searches: Search) -> list[Any]:
        """The answers of several questions, asked in one."""
        return ask_all(self.client, self.index, *searches)


def ask_all(client: Elasticsearch, index: str, *searches: Search) -> list[Any]:
    """The answers of several questions, asked in one request."""
    body: list[dict[str, Any]] = []
    for search in searches:
        body += [{}, search.to_dict()]
    answers = list(client.msearch(index=index, searches=body)["responses"])
    for answer in answers:
        if "error" in answer:
            raise refused(answer)
    return answers


def refused(answer: Mapping[str, Any]) -> EngineUnavailable:
    """The failure of one question among several."""
    said = answer["error"].get("reason", answer["error"])
    return EngineUnavailable(f"The search cluster refused a question: {said}")
