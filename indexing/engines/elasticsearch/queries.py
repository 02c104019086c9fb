"""The questions that the cluster is asked, as ``elasticsearch.dsl`` puts them.

The audience is a filter inside every one of them, before anything is ranked; so are the chosen facets.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Bool, Query

from indexing.embedding.encoder import Vectors
from indexing.engines.base import FACETS, Filters
from indexing.engines.elasticsearch.schema import GONE, IN_ORDER, WEIGHED

WHOLE = "whole"  # the name of the clause that a document meets when it holds every word
CANDIDATES = 7  # for each that is asked for, that every part of the graph looks at: less finds fewer of the nearest
OVERSAMPLE = 2.0  # as many as are asked for are compared once more, by their vectors of full length
MOST_CANDIDATES = 10_000  # as Elasticsearch allows
MOST_ENDINGS = 200  # that a beginning is completed with
MOST_VALUES = 1000  # of one facet that are counted
PASSAGE = ["passages.text", "passages.page"]
SHOWN: list[Any] = ["key", "kind", "community", "language", "topic", "day", "tokens", "shown"]


def visible(tokens: Iterable[str]) -> Query:
    return Q("terms", tokens=sorted(tokens))


def chosen(filters: Filters, without: str = "") -> list[Query]:
    """The facets' filters, but the one of ``without``."""
    return [Q("terms", **{name: sorted(filters[name])}) for name in FACETS if filters.get(name) and name != without]


@dataclass(frozen=True, slots=True)
class LexicalClauses:
    """The words of a question: those asked for, further ones that mean the same, and those given by a beginning."""

    asked: Sequence[str]
    also: Sequence[str] = ()
    beginnings: Sequence[str] = ()
    phrases: Sequence[Sequence[str]] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.asked)

    def any(self) -> Query:
        """BM25 over the weighed words. Repeated words stay repeated, since they weigh more."""
        found = combined([*self.asked, *self.also])
        return Bool(should=[found, *map(beginning, self.beginnings)]) if self.beginnings else found

    def all(self, **options: Any) -> Query:
        """What holds every word that was asked for."""
        whole = [word for word in dict.fromkeys(self.asked) if word not in self.beginnings]
        must = [*([combined(whole, operator="and")] if whole else []), *map(beginning, self.beginnings)]
        return Bool(must=must, **options)

    def holding_phrases(self) -> list[Query]:
        """What holds every phrase, side by side in one field."""
        return [
            Q("multi_match", query=" ".join(phrase), type="phrase", fields=list(IN_ORDER)) for phrase in self.phrases
        ]


def combined(asked: Iterable[str], **options: object) -> Query:
    return Q("match", **{WEIGHED: {"query": " ".join(asked), **options}})


def beginning(word: str) -> Query:
    """What holds a word that begins so."""
    return Q("multi_match", query=word, type="phrase_prefix", fields=list(IN_ORDER), max_expansions=MOST_ENDINGS)


def lexical(wanted: LexicalClauses, within: Sequence[Query], size: int) -> Search:
    """The best by words; a clause of no weight tells which hold every word that was asked."""
    query = Bool(must=[wanted.any()], should=[wanted.all(boost=0.0, _name=WHOLE)], filter=list(within))
    return keys_only(Search().query(query)).extra(size=size, track_total_hits=False)


def keys_only(search: Search) -> Search:
    """Hits that say no more than their key, from a column: reading it off two hundred stored documents, with all their
    text and vectors, would take longer than finding them.
    """
    return search.source(False).extra(stored_fields="_none_", docvalue_fields=["key"])


def key_of(hit: Mapping[str, Any]) -> str:
    return str(hit["fields"]["key"][0])


def dense(query: Vectors, within: Sequence[Query], size: int, with_passages: bool = False) -> Search:
    """The nearest by meaning: each thing once, by its best passage."""
    nearest: dict[str, Any] = {
        "field": "passages.vector",
        "k": size,
        "num_candidates": min(max(CANDIDATES * size, 100), MOST_CANDIDATES),
        "rescore_vector": {"oversample": OVERSAMPLE},  # elasticsearch.dsl has no word for it
        "query_vector": [float(number) for number in query],
        "filter": Bool(filter=list(within)).to_dict(),
    }
    search = keys_only(Search())
    if with_passages:
        nearest["inner_hits"] = {"size": 1, "_source": PASSAGE}
        search = Search().source(False).extra(docvalue_fields=["key"])
    return search.extra(knn=nearest, size=size, track_total_hits=False)


def counts(listed: Query, tokens: Iterable[str], filters: Filters) -> Search:
    """How many things each facet's values have among those that are listed, as if nothing were chosen in that facet.

    ``total`` is how many pass every filter.
    """
    search = Search().query(Bool(filter=[visible(tokens), listed])).extra(size=0, track_total_hits=False)
    search.aggs.bucket("total", A("filter", Bool(filter=chosen(filters))))
    for name in FACETS:
        others = search.aggs.bucket(name, A("filter", Bool(filter=chosen(filters, without=name))))
        others.bucket("values", A("terms", field=name, size=MOST_VALUES))
    return search


def listed_by_words(wanted: LexicalClauses, floor: float) -> Query:
    """What counts as found for its words: enough of them, or all; where there are phrases, every phrase."""
    if wanted.phrases:
        return Bool(filter=wanted.holding_phrases())
    if not wanted or floor <= 0:
        return Q("match_none")
    # function_score with nothing to score is how Elasticsearch has a floor for one clause.
    enough = Q("function_score", query=wanted.any(), functions=[], min_score=floor)
    return Bool(should=[enough, wanted.all()], minimum_should_match=1)


def listed_by_meaning(wanted: LexicalClauses, floor: float, near: Collection[str]) -> Query | None:
    """What counts as found for its meaning alone; nothing does where there are phrases."""
    if wanted.phrases or not near:
        return None
    return Bool(filter=[only(near)], must_not=[listed_by_words(wanted, floor)])


def newest(tokens: Iterable[str], filters: Filters, start: int, size: int) -> Search:
    """Nothing was asked: the newest first."""
    order: list[Any] = [{"day": {"order": "desc", "missing": "_last"}}, "key"]
    query = Bool(filter=[visible(tokens), *chosen(filters)])
    return Search().query(query).sort(*order).source(SHOWN).extra(from_=start, size=size, track_total_hits=False)


def everything() -> Query:
    return Q("match_all")


def only(keys: Iterable[str]) -> Query:
    return Q("ids", values=sorted(keys))


def but(key: str) -> Query:
    return Bool(must_not=[Q("ids", values=[key])])


def not_gone() -> Query:
    return Bool(must_not=[Q("term", **{GONE: True})])


def written_since(moment: int) -> Query:
    """What was written or removed since then, in milliseconds since 1970."""
    return Q("range", written={"gte": moment})
