"""Answers from the database while the engine is away: titles that hold the words, nothing more."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from indexing import text_analysis
from indexing.documents import Document, Source, sources
from indexing.engines.base import IndexedDocument, ResultPage
from search.query import Query

MOST = 200
FEWEST_LETTERS = 3


def answer(query: Query, tokens: frozenset[str], page_size: int) -> ResultPage:
    """The visible documents whose title holds most of the words asked for. Rights are checked on each document."""
    asked = frozenset(word for word in text_analysis.terms(query.text) if len(word) >= FEWEST_LETTERS)
    results = (source for source in sources() if not source.is_evidence)
    found = [doc for source in results for doc in matching(source, asked) if passes(doc, query, tokens)]
    found.sort(key=lambda document: -shared(document, asked))
    start = (query.page - 1) * page_size
    counts = {"kind": Counter(document.kind for document in found)}
    return ResultPage([stored(doc) for doc in found[start : start + page_size]], len(found), counts, dense=False)


def matching(source: Source[Any], asked: frozenset[str]) -> Iterator[Document]:
    if not asked:
        return
    condition = reduce(or_, (Q(**{f"{source.title_field}__icontains": word}) for word in sorted(asked)))
    for obj in source.queryset().filter(condition)[:MOST]:
        yield source.document(obj)


def passes(document: Document, query: Query, tokens: frozenset[str]) -> bool:
    own = {
        "kind": {document.kind},
        "community": {document.community_key},
        "topic": set(document.topics),
        "year": {str(document.date.year)} if document.date else set(),
    }
    return not document.tokens.isdisjoint(tokens) and all(
        not values.isdisjoint(own[name]) for name, values in query.filters.items()
    )


def shared(document: Document, asked: frozenset[str]) -> int:
    return len(asked.intersection(text_analysis.words(document.title)))


def stored(document: Document) -> IndexedDocument:
    return IndexedDocument(
        key=document.key,
        score=0.0,
        cosine=0.0,
        kind=document.kind,
        title=document.title,
        url=document.url,
        summary=document.summary,
        topics=document.topics,
        people=document.people,
        community=document.community,
        community_key=document.community_key,
        language=document.language,
        date=document.date,
        source=document.source,
        extra=document.extra,
        tokens=document.tokens,
        passage=document.summary,
    )
