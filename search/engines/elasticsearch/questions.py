"""The questions that the cluster is asked, as ``elasticsearch.dsl`` puts them.

The audience is a filter inside every one of them, before anything is ranked; so are the chosen facets.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Bool, Query

from search.embedding.encoder import Vectors
from search.engines.base import FACETS, Filters
from search.engines.elasticsearch.schema import GONE, LEXICAL_FIELDS

WHOLE = "whole"  # the name of the clause that a document meets when it holds every word
MOST_VALUES = 1000  # of one facet that are counted
SHOWN: list[Any] = ["key", "kind", "community", "topic", "day", "tokens", "shown"]


def visible(tokens: Iterable[str]) -> Query:
    return Q("terms", tokens=sorted(tokens))


def chosen(filters: Filters, without: str = "") -> list[Query]:
    """The facets' filters, but the one of ``without``."""
    return [Q("terms", **{name: sorted(filters[name])}) for name in FACETS if filters.get(name) and name != without]


def words_asked(asked: Sequence[str], **options: Any) -> Query:
    """BM25F over the fields. Repeated words stay repeated, since they weigh more."""
    return Q("combined_fields", query=" ".join(asked), fields=list(LEXICAL_FIELDS), **options)


def lexical(asked: Sequence[str], also: Sequence[str], within: Sequence[Query], size: int) -> Search:
    """The best by words; a clause of no weight tells which hold every word that was asked."""
    whole = words_asked(dict_of(asked), operator="and", boost=0.0, _name=WHOLE)
    query = Bool(must=[words_asked([*asked, *also])], should=[whole], filter=list(within))
    return Search().query(query).source(False).extra(size=size, track_total_hits=False)


def dict_of(asked: Sequence[str]) -> list[str]:
    """Each word once."""
    return list(dict.fromkeys(asked))


def dense(query: Vectors, within: Sequence[Query], size: int, with_passages: bool = False) -> Search:
    """The nearest by meaning: each thing once, by its best passage."""
    nearest = Search().knn(
        "passages.vector",
        k=size,
        num_candidates=max(2 * size, 100),
        query_vector=[float(number) for number in query],
        filter=Bool(filter=list(within)),
        inner_hits={"size": 1, "_source": ["passages.text"]} if with_passages else None,
    )
    return nearest.source(False).extra(size=size, track_total_hits=False)


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


def listed(asked: Sequence[str], also: Sequence[str], floor: float, near: Collection[str]) -> Query:
    """What counts as found: enough of the words, all of them, or near enough in meaning."""
    ways: list[Query] = [Q("ids", values=sorted(near))]
    if asked and floor > 0:
        # function_score with nothing to score is how Elasticsearch has a floor for one clause.
        ways.append(Q("function_score", query=words_asked([*asked, *also]), functions=[], min_score=floor))
        ways.append(words_asked(dict_of(asked), operator="and"))
    return Bool(should=ways, minimum_should_match=1)


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
