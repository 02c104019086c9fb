"""How well people are ranked: by a profile of each, by votes of documents, and by the product's own way."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.evaluation import metrics
from benchmarks.evaluation.index import filled
from benchmarks.evaluation.sets import JUDGED, JudgedSet, SetError
from indexing import fusion
from indexing.documents import Document
from indexing.embedding import Encoder, EncoderMissing, shared_encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import Engine, IndexedDocument, Progress, Request
from search import experts

Ranking = list[str]


def measure_experts(judged: JudgedSet, progress: Progress | None = None) -> dict[str, Any]:
    """The figures of the three ways, on the same evidence."""
    if not any(document.people for document in judged.documents):
        raise SetError("No document names people: give the evidence in documents.jsonl or with --archive.")
    with filled(judged.documents, progress) as engine, filled(profiles(judged.documents), None, no_encoder) as people:
        by_profile = Profiles(people, judged.documents, engine.centres())
        ways: Mapping[str, Callable[[str], Ranking]] = {
            "profile": by_profile.ranking,
            "votes": lambda text: votes(evidence_for(engine, text)),
            "product": lambda text: [str(expert.person) for expert in experts.rank(evidence_for(engine, text))],
        }
        figures = {name: summary(judged, way) for name, way in ways.items()}
    return {"documents": len(judged.documents), "queries": len(judged.measured()), **figures}


def summary(judged: JudgedSet, way: Callable[[str], Ranking]) -> dict[str, float]:
    rankings = [(way(text), grades) for text, grades in judged.measured()]
    return {
        "map": round(metrics.mean(metrics.average_precision(*pair) for pair in rankings), 4),
        "recall@10": round(metrics.mean(metrics.recall(*pair, depth=10) for pair in rankings), 4),
    }


def evidence_for(engine: Engine, text: str) -> Sequence[IndexedDocument]:
    """The documents that vote, as the product asks for them."""
    request = Request(text, JUDGED, listed_only=False, size=experts.EVIDENCE)
    return experts.evidence(engine.search, request)[0].hits


def votes(documents: Sequence[IndexedDocument]) -> Ranking:
    """Each document votes for its people with one divided by its rank."""
    cast: dict[str, float] = defaultdict(float)
    for rank, document in enumerate(documents, 1):
        for person in document.people:
            cast[person] += 1 / rank
    return sorted(cast, key=lambda person: -cast[person])


def profiles(documents: Sequence[Document]) -> list[Document]:
    """One document for each person: all that they wrote, end to end."""
    written: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for person in document.people:
            written[person].append(f"{document.title}\n\n{document.text}")
    return [Document(person, "person", "", "", JUDGED, body="\n\n".join(texts)) for person, texts in written.items()]


def no_encoder() -> Encoder:
    raise EncoderMissing("A profile's vector is the mean of its documents' vectors.")


class Profiles:
    """People found by the words of all that they wrote, and by the mean direction of it."""

    def __init__(self, engine: Engine, documents: Sequence[Document], centres: Mapping[str, Vectors]) -> None:
        self.engine = engine
        written: dict[str, list[Vectors]] = defaultdict(list)
        for document in documents:
            for person in document.people:
                written[person].append(centres[document.key])
        self.people = sorted(written)
        means = np.array([np.mean(written[person], axis=0) for person in self.people])
        self.vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)

    def ranking(self, text: str) -> Ranking:
        request = Request(text, JUDGED, dense=False, listed_only=False, passages=False, size=len(self.people))
        scores = {hit.key: hit.score for hit in self.engine.search(request).hits}
        lexical = np.array([scores.get(person, 0.0) for person in self.people])
        dense = (self.vectors @ shared_encoder().query(text)).astype(np.float64)
        everybody = np.ones(len(self.people), bool)
        return [self.people[place] for place in fusion.ranked(fusion.fuse(lexical, dense, everybody), everybody)]
