"""Autocomplete on titles and the vocabulary for spelling, as queries with the audience filter inside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Bool, Query

from indexing.edit_distance import is_near, other_beginnings, slips_forgiven
from indexing.engines.base import TitleMatch, TitleRequest
from indexing.engines.elasticsearch import queries
from indexing.title_analysis import line, typed_chunks

MOST_SPELLINGS = 100  # of the whole vocabulary that a fuzzy query is expanded to, nearest first
MOST_WORDS = 1000  # that begin with the same letter, of the documents that hold a near one
ORDER: list[Any] = [
    {"_score": "desc"},  # whether the title begins as was typed
    {"title_length": "asc"},
    {"day": {"order": "desc", "missing": "_last"}},
    {"written": "desc"},
]
Ask = Callable[..., list[Any]]


# -- autocomplete ------------------------------------------------------------------------------------------------------
def matching(ask: Ask, request: TitleRequest) -> list[list[TitleMatch]]:
    """The best titles of each group, all asked for at once."""
    within = [queries.visible(request.tokens), *(either(*chunk) for chunk in typed_chunks(request.typed))]
    begins = Q("constant_score", filter=Q("prefix", title_line=line(request.typed)))
    searches = [
        Search()
        .query(Bool(filter=[*within, kinds], should=[begins]))
        .sort(*ORDER)
        .source(False)
        .extra(size=request.size, track_total_hits=False, stored_fields="_none_", docvalue_fields=COLUMNS)
        for kinds in groups(request.groups)
    ]
    return [[title_of(hit["fields"]) for hit in answer["hits"]["hits"]] for answer in ask(*searches)]


COLUMNS = ["key", "kind", "title_line"]


def title_of(columns: Mapping[str, Any]) -> TitleMatch:
    return TitleMatch(columns["key"][0], columns["kind"][0], columns.get("title_line", [""])[0])


def either(together: str, several: Sequence[str]) -> Query:
    """A chunk by its beginning: written together, or all of its pieces."""
    whole = Q("prefix", title_words=together)
    if len(several) == 1:
        return whole
    return Bool(should=[whole, Bool(filter=[Q("prefix", title_words=piece) for piece in several])])


def groups(kinds: Sequence[str]) -> list[Query]:
    """A filter for each kind, and at last one for all others."""
    return [*(Q("term", kind=kind) for kind in kinds), Bool(must_not=[Q("terms", kind=list(kinds))])]


# -- spelling ----------------------------------------------------------------------------------------------------------
def words_near(ask: Ask, tokens: Iterable[str], words: Sequence[str]) -> dict[str, Mapping[str, int]]:
    """For each word those near to it that visible documents hold, with the number of these documents."""
    answers = ask(*(near(tokens, word) for word in words)) if words else []
    found = (answer["aggregations"]["words"]["buckets"] for answer in answers)
    return {
        word: {each["key"]: int(each["doc_count"]) for each in buckets if is_near(word, each["key"])}
        for word, buckets in zip(words, found, strict=True)
    }


def near(tokens: Iterable[str], word: str) -> Search:
    """The words of visible documents that hold a near one, as far as they may be near themselves."""
    most, others = slips_forgiven(word), [word, *other_beginnings(word)]
    slips = {"value": word, "fuzziness": most, "prefix_length": 1, "max_expansions": MOST_SPELLINGS}
    either_way = Bool(should=[Q("fuzzy", vocabulary=slips), Q("terms", vocabulary=others)], minimum_should_match=1)
    search = Search().query(Bool(filter=[queries.visible(tokens), either_way])).extra(size=0, track_total_hits=False)
    alike = f"{word[0]}.{{{max(len(word) - most - 1, 0)},{len(word) + most - 1}}}"
    search.aggs.bucket("words", A("terms", field="vocabulary", include="|".join([alike, *others]), size=MOST_WORDS))
    return search


def holding(ask: Ask, tokens: Iterable[str], word: str, size: int) -> list[str]:
    """The keys of some visible documents whose title, summary or topics hold the word, newest first."""
    search = Search().query(Bool(filter=[queries.visible(tokens), Q("term", vocabulary=word)])).sort("-written")
    (answer,) = ask(queries.keys_only(search).extra(size=size, track_total_hits=False))
    return [queries.key_of(hit) for hit in answer["hits"]["hits"]]
