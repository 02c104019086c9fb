"""One search of a cluster: both halves at once, then what one of them missed and the counts, then the page."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search

from search import fusion, words
from search.conf import Options
from search.embedding.encoder import Vectors
from search.engines.base import FACETS, Answer, EngineUnavailable, Request, Stored
from search.engines.elasticsearch import questions, schema
from search.engines.elasticsearch.questions import Wanted
from search.engines.elasticsearch.recent import Recent


@dataclass(slots=True)
class Half:
    """What one half says: scores by key, and for the words the best score of all and who holds every word."""

    scores: dict[str, float] = field(default_factory=dict)
    best: float = 0.0
    whole: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that was ranked, best first, with what the page of it says: scores and cosines by key."""

    scores: Mapping[str, float]
    cosines: Mapping[str, float]
    whole: Collection[str]  # those that hold every word
    counted: Any
    query: Vectors | None
    model_is_there: bool

    def sure(self, floor: float) -> Mapping[str, float]:
        """Those that hold every word, or are as near in meaning as ``floor``."""
        if self.query is None:
            return self.scores
        return {
            key: score for key, score in self.scores.items() if key in self.whole or self.cosines.get(key, 0.0) >= floor
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
        recent: Recent[Ranking],
    ) -> None:
        self.client, self.index, self.options, self.request = client, index, options, request
        self.wanted = Wanted(
            words.terms(request.text),
            words.words(request.also),
            words.beginnings(request.text),
            words.phrases(request.text),
        )
        self.within = [
            questions.visible(request.tokens),
            *questions.chosen(request.filters),
            *self.wanted.holding_phrases(),
        ]
        self._embed = query
        self._recent = recent

    def answer(self) -> Answer:
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
        wants_meaning = bool(self.wanted) and self.request.dense
        query = self._embed(f"{self.request.text} {self.request.also}".strip()) if wants_meaning else None
        model_is_there = query is not None or not wants_meaning
        return self._ranked(self.wanted if self.request.lexical else Wanted(()), query, model_is_there)

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
        return self._page(self._ranked(Wanted(()), centre, model_is_there=True))

    def _browse(self) -> Answer:
        request = self.request
        page, counted = self._all(
            questions.newest(request.tokens, request.filters, request.start, request.size),
            questions.counts(questions.everything(), request.tokens, request.filters),
        )
        hits = [schema.stored(hit["_source"], 0.0, 0.0) for hit in page["hits"]["hits"]]
        return Answer(hits, total(counted), counts(counted), dense=True)

    def _ranked(self, wanted: Wanted, query: Vectors | None, model_is_there: bool) -> Ranking:
        lexical, dense, near, floor = self._halves(wanted, query)
        keys = sorted({*lexical.scores, *dense.scores})
        counted = self._fill(wanted, query, lexical, dense, keys, near, floor)
        by_words = np.array([lexical.scores.get(key, 0.0) for key in keys])
        by_meaning = None if query is None else np.array([dense.scores.get(key, 0.0) for key in keys])
        everybody = np.ones(len(keys), bool)
        pool = fusion.candidates(by_words, by_meaning, everybody, self.options.depth)
        scores = fusion.fuse(by_words, by_meaning, pool, self.options.dense_weight)
        listed = pool
        if self.request.listed_only and not wanted.phrases:
            holds = np.array([key in lexical.whole for key in keys], bool)
            listed = (by_words > 0) & (holds | (by_words >= floor))
            if by_meaning is not None:
                listed |= by_meaning >= self.options.dense_floor
        rank = {keys[place]: float(scores[place]) for place in fusion.ranked(scores, listed)}
        return Ranking(rank, dense.scores, lexical.whole, counted, query, model_is_there)

    def _page(self, ranking: Ranking) -> Answer:
        ranked = ranking.sure(self.options.sure_floor) if self.request.sure else ranking.scores
        start, reachable = self.request.start, len(ranked)
        page = dict(islice(ranked.items(), start, start + self.request.size))
        cosines = {key: ranking.cosines.get(key, 0.0) for key in page}
        hits = self._hits(page, cosines, ranking.query)
        if ranking.counted is None:
            return Answer(hits, reachable, {}, ranking.model_is_there)
        whole = max(total(ranking.counted), reachable)
        return Answer(hits, whole, counts(ranking.counted), ranking.model_is_there, reachable)

    def _halves(self, wanted: Wanted, query: Vectors | None) -> tuple[Half, Half, list[str], float]:
        """The best of each half under the filters, and what counts as found without them: whom meaning puts near, and
        the floor for words.
        """
        depth, anywhere = self.options.depth, [questions.visible(self.request.tokens)]
        asking: dict[str, Search] = {}
        if wanted:
            asking["lexical"] = questions.lexical(wanted, self.within, depth)
        if query is not None:
            asking["dense"] = questions.dense(query, self.within, depth)
        if self.request.filters and wanted:
            asking["best"] = questions.lexical(wanted, anywhere, 1)
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
        wanted: Wanted,
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
        if wanted and unread:
            asking["lexical"] = questions.lexical(wanted, [questions.only(unread)], len(unread))
        if query is not None and unplaced:
            asking["dense"] = questions.dense(query, [questions.only(unplaced)], len(unplaced))
        if self.request.listed_only:
            listed = questions.listed(wanted, floor, near)
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
        wanted = [questions.only(scores), questions.visible(self.request.tokens)]
        shown: list[Any] = [*questions.SHOWN, *(questions.PASSAGE if query is None and self.request.passages else [])]
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
            schema.stored(sources[key], score, cosines[key], passages.get(key))
            for key, score in scores.items()
            if key in sources
        ]

    def _fullest(self, source: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Without a model: the passage with most of the words."""
        stems = words.stems(self.request.text)
        return max(source.get("passages", ()), key=lambda passage: words.hits(passage["text"], stems), default=None)

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
        half.scores[questions.key_of(hit)] = float(hit["_score"])
        if questions.WHOLE in hit.get("matched_queries", ()):
            half.whole.add(questions.key_of(hit))
    half.best = max(half.scores.values(), default=0.0)
    return half


def read_dense(answer: Mapping[str, Any] | None) -> Half:
    """Elasticsearch gives (1 + cosine) / 2, so that no score is below zero."""
    hits = answer["hits"]["hits"] if answer else ()
    return Half({questions.key_of(hit): 2 * float(hit["_score"]) - 1 for hit in hits})


def best_passage(hit: Mapping[str, Any]) -> Mapping[str, Any] | None:
    inner = next(iter(hit["inner_hits"].values()))["hits"]["hits"]
    return inner[0]["_source"] if inner else None


def total(counted: Mapping[str, Any]) -> int:
    return int(counted["aggregations"]["total"]["doc_count"])


def counts(counted: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """The facets' counts out of the answer that holds them."""
    told = {name: counted["aggregations"][name]["values"]["buckets"] for name in FACETS}
    return {name: Counter({each["key"]: int(each["doc_count"]) for each in found}) for name, found in told.items()}
