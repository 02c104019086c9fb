"""What stands in Elasticsearch: one document a thing, its passages nested, and how both are made and read.

The words are cut and folded by the hub (``indexing.text_analysis``) before they come here, so that both engines see the
same; the analyser only takes off endings. Vectors stand in each passage twice: as bytes, to be taken over when nothing
but the rights changed, and in the graph, from which they cannot be read back exactly.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import numpy as np
from elasticsearch.dsl import (
    Binary,
    Boolean,
    Date,
    DenseVector,
    Document as Mapped,
    InnerDoc,
    Integer,
    Keyword,
    Nested,
    Object,
    Text,
    analyzer,
    token_filter,
)

from indexing import title_analysis
from indexing.documents import Document, clean
from indexing.embedding.encoder import DIMENSIONS, Vectors
from indexing.engines.base import IndexedDocument
from indexing.passages import Passage
from indexing.text_analysis import words

# How often each part stands in the one field that is ranked by: twice its weight, which makes whole numbers of them.
TIMES = {"title": 6, "about": 3, "body": 2}
WEIGHED = "words.weighed"
IN_ORDER = ("words.title^3", "words.about^1.5", "words.body")  # where words stand side by side
SIMILARITY = {"weighed": {"type": "BM25", "k1": 2.4, "b": 0.75}}  # twice the usual k1, for words that stand twice
GONE = "gone"
LONGEST_WORD = 100  # letters
REFRESH = "1s"  # until what was written is found

stemmed = analyzer(
    "hub_words",
    tokenizer="standard",
    filter=["lowercase", token_filter("hub_stems", type="stemmer", language="english")],
)


def kept() -> Keyword:
    """A text that is shown and never searched."""
    return Keyword(index=False, doc_values=False)


class LexicalFields(InnerDoc):
    """What the lexical retriever reads. ``weighed`` holds all of it, the title more often than the rest: BM25 of that
    field is BM25F of the parts, and Elasticsearch can leave out what cannot be among the best, as it cannot with
    several fields.
    """

    weighed = Text(analyzer=stemmed, index_options="freqs", similarity="weighed")
    title = Text(analyzer=stemmed)
    about = Text(analyzer=stemmed)
    body = Text(analyzer=stemmed)


class StoredPassage(InnerDoc):
    """A passage with its vector. The graph holds vectors in one byte a dimension, asked for explicitly: from 9.1 on
    the default for this many dimensions is one bit.
    """

    hash = kept()
    text = kept()
    page = Integer(index=False, doc_values=False)
    bytes = Binary()
    vector = DenseVector(dims=DIMENSIONS, index=True, similarity="cosine", index_options={"type": "int8_hnsw"})


class DocumentMapping(Mapped):
    """A document of the hub as Elasticsearch keeps it."""

    key = Keyword()
    kind = Keyword()
    community = Keyword()  # the key of one
    language = Keyword()
    topic = Keyword()
    year = Keyword()
    tokens = Keyword()
    day = Date()
    title_line = Keyword()  # as it is compared with what somebody types
    title_length = Integer(index=False)
    title_words = Text(
        analyzer="whitespace", index_options="docs", norms=False, index_prefixes={"min_chars": 1, "max_chars": 5}
    )
    vocabulary = Keyword(ignore_above=LONGEST_WORD)  # that corrections come from
    shown = Object(enabled=False)  # what a result says of it
    content = Keyword(index=False)
    rights = Keyword(index=False)
    written = Date(format="epoch_millis")
    gone = Boolean()  # what was removed stays as a mark, so that a rebuild learns of it
    words = Object(LexicalFields)
    passages = Nested(StoredPassage)

    class Index:
        name = "*"
        settings = {"index": {"refresh_interval": REFRESH, "similarity": SIMILARITY}}


def definition(model: str, shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of a new index whose vectors are made by ``model``."""
    body = DocumentMapping._index.to_dict()
    mapping = {**body["mappings"], "dynamic": "strict", "_source": {"excludes": ["passages.vector", WEIGHED]}}
    mapping["_meta"] = {"schema": schema(), "model": model}
    index = {**body["settings"].get("index", {}), "number_of_shards": shards, "auto_expand_replicas": f"0-{replicas}"}
    return {"settings": {**body["settings"], "index": index}, "mappings": mapping}


def schema() -> str:
    """Changes whenever an index of before could no longer be asked or written."""
    body = json.dumps(DocumentMapping._index.to_dict(), sort_keys=True)
    return sha256(body.encode()).hexdigest()[:12]


# -- written -----------------------------------------------------------------------------------------------------------
def source_of(document: Document, passages: Sequence[Passage], vectors: Mapping[str, bytes]) -> dict[str, Any]:
    """The document as it is sent. Without vectors it counts as stale, so that a repair embeds it later."""
    embedded = all(passage.hash in vectors for passage in passages)
    return {
        "key": document.key,
        "kind": document.kind,
        "community": document.community_key or None,
        "language": document.language,
        "topic": list(document.topics),
        "year": str(document.date.year) if document.date else None,
        "day": document.date.isoformat()[:10] if document.date else None,
        "shown": shown(document),
        **titles_of(document),
        "content": document.content_hash if embedded else "",
        "words": words_of(document),
        "passages": [passage_of(passage, vectors.get(passage.hash)) for passage in passages],
        **rights_of(document),
    }


def words_of(document: Document) -> dict[str, str]:
    about = "\n".join([document.summary, *document.topics, document.community])
    parts = {"title": document.title, "about": about, "body": document.body}
    return weighed({name: " ".join(words(part)) for name, part in parts.items()})


def titles_of(document: Document) -> dict[str, Any]:
    """What autocomplete and spelling read."""
    line = title_analysis.line(document.title)
    return {
        "title_line": line,
        "title_length": len(line),
        "title_words": " ".join([line, *title_analysis.pieces(document.title)]),
        "vocabulary": title_analysis.vocabulary(document.title, document.summary, document.topics),
    }


def weighed(parts: Mapping[str, str]) -> dict[str, str]:
    """The words of each part, and all of them as often as they weigh."""
    every = [parts[name] for name, times in TIMES.items() for _ in range(times)]
    return {**parts, "weighed": " ".join(every)}


def rights_of(document: Document) -> dict[str, Any]:
    """Who may see it: all that changes when nothing but an audience does."""
    return {"tokens": sorted(document.tokens), "rights": document.rights_hash, "written": now(), GONE: False}


def mark_of(key: str) -> dict[str, Any]:
    """What is left of a document that was removed: nothing that could be found or seen."""
    return {"key": key, "tokens": [], "written": now(), GONE: True}


def passage_of(passage: Passage, vector: bytes | None) -> dict[str, Any]:
    stored: dict[str, Any] = {"hash": passage.hash, "text": clean(passage.text), "page": passage.page}
    return stored | vector_fields(vector) if vector else stored


def vector_fields(vector: bytes) -> dict[str, Any]:
    """A vector both ways. A text without any word has none that points anywhere, and is near to nothing."""
    kept_as = {"bytes": base64.b64encode(vector).decode()}
    numbers = np.frombuffer(vector, np.float32)
    return kept_as | {"vector": numbers.astype(float).round(7).tolist()} if numbers.any() else kept_as


def with_vectors(source: dict[str, Any]) -> dict[str, Any]:
    """A stored document as it is sent again: its vectors stand in it as bytes only, its words once."""
    passages = [
        {**passage, **vector_fields(base64.b64decode(passage["bytes"]))} if passage.get("bytes") else passage
        for passage in source.get("passages", [])
    ]
    return {**source, "words": weighed(source["words"]), "passages": passages}


def shown(document: Document) -> dict[str, Any]:
    return {
        "title": clean(document.title),
        "url": document.url,
        "summary": clean(document.summary),
        "community": clean(document.community),
        "people": list(document.people),
        "source": document.source,
        "extra": {name: str(value) for name, value in document.extra.items()},
    }


def now() -> int:
    """Milliseconds since 1970."""
    return int(datetime.now(UTC).timestamp() * 1000)


# -- read --------------------------------------------------------------------------------------------------------------
def stored(
    source: Mapping[str, Any], score: float, cosine: float, passage: Mapping[str, Any] | None = None
) -> IndexedDocument:
    """A document as results know it, with the ``passage`` that answers best."""
    told = source["shown"]
    return IndexedDocument(
        key=source["key"],
        score=score,
        cosine=cosine,
        kind=source["kind"],
        title=told["title"],
        url=told["url"],
        summary=told["summary"],
        topics=tuple(source.get("topic") or ()),
        people=tuple(told["people"]),
        community=told["community"],
        community_key=source.get("community") or "",
        language=source["language"],
        date=date.fromisoformat(source["day"]) if source.get("day") else None,
        source=told["source"],
        extra=told["extra"],
        tokens=frozenset(source["tokens"]),
        passage=passage["text"] if passage else "",
        page=passage.get("page", 0) if passage else 0,
    )


def vectors_in(source: Mapping[str, Any]) -> dict[str, bytes]:
    """The vectors that a stored document holds, by the hash of their passage."""
    passages = source.get("passages") or []
    return {passage["hash"]: base64.b64decode(passage["bytes"]) for passage in passages if passage.get("bytes")}


def centre_of(source: Mapping[str, Any]) -> Vectors | None:
    """The direction in which all of a document's passages lie."""
    vectors = [np.frombuffer(vector, np.float32) for vector in vectors_in(source).values()]
    if not vectors:
        return None
    mean = np.mean(vectors, axis=0)
    centre: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return centre
