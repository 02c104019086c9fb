"""How many of the nearest an engine finds, beside comparing with every vector."""

from collections.abc import Sequence
from typing import Any


def recall(engine: Any, questions: Sequence[str], tokens: frozenset[str], best: int) -> float:
    """The share of the ``best`` nearest documents that the half of meaning has among its own first ``best``.

    The embedded engine compares with every vector anyway: there the same is asked of its matrix directly.
    """
    from search.engines.base import Request  # noqa: PLC0415 (Django is set up by then)
    from search.engines.embedded import EmbeddedEngine  # noqa: PLC0415 (the same)

    nearest = of_matrix if isinstance(engine, EmbeddedEngine) else of_cluster
    shares = []
    for question in questions:
        exact = nearest(engine, question, tokens, best)
        request = Request(question, tokens, lexical=False, listed_only=False, passages=False, size=best)
        found = {hit.key for hit in engine.search(request).hits}
        shares.append(len(found & exact) / len(exact))
    return round(sum(shares) / len(shares), 4)


def of_matrix(engine: Any, question: str, tokens: frozenset[str], best: int) -> set[str]:
    """Read from the file itself, one document after another."""
    import numpy as np  # noqa: PLC0415 (only here)

    query = engine._encoder().query(question)
    with engine._reading() as (store, _snapshot):
        rows = store.db.execute(
            "SELECT key, tokens, vector FROM passages JOIN documents ON documents.id = passages.document"
        )
        nearest: dict[str, float] = {}
        for key, said, vector in rows:
            if any(f'"{token}"' in said for token in tokens):
                cosine = float(np.frombuffer(vector, np.float32) @ query)
                nearest[key] = max(cosine, nearest.get(key, -1.0))
    return set(sorted(nearest, key=lambda key: -nearest[key])[:best])


def of_cluster(engine: Any, question: str, tokens: frozenset[str], best: int) -> set[str]:
    """Elasticsearch compares with every vector when a script scores them."""
    from elasticsearch.dsl import Q, Search  # noqa: PLC0415 (only here)

    from search.engines.elasticsearch import questions  # noqa: PLC0415 (Django is set up by then)

    vector = [float(number) for number in engine._encoder().query(question)]
    script = {"source": "cosineSimilarity(params.query, 'passages.vector') + 1", "params": {"query": vector}}
    every = Q("script_score", query=Q("exists", field="passages.vector"), script=script)
    nested = Q("nested", path="passages", score_mode="max", query=every)
    search = Search().query("bool", must=[nested], filter=[questions.visible(tokens)]).source(False).extra(size=best)
    with engine.cluster.writing() as client:
        answer = client.options(request_timeout=120).search(index=engine.indexes.alias, body=search.to_dict())
    return {hit["_id"] for hit in answer["hits"]["hits"]}
