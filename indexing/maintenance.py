"""Keeps the index and the database in step: rebuild, compare, repair."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from indexing import engines, queue
from indexing.documents import Document, key_of, source_labelled, sources
from indexing.engines.base import EngineUnavailable, Fingerprint, Progress

logger = logging.getLogger(__name__)

CHUNK = 200


@dataclass(slots=True)
class Drift:
    """How the index differs from the database, as keys."""

    missing: list[str] = field(default_factory=list)
    stale_content: list[str] = field(default_factory=list)
    stale_rights: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)

    def parts(self) -> dict[str, list[str]]:
        return {
            "Missing": self.missing,
            "Stale content": self.stale_content,
            "Stale rights": self.stale_rights,
            "Orphaned": self.orphaned,
        }

    def keys(self) -> list[str]:
        return list(chain.from_iterable(self.parts().values()))

    def __bool__(self) -> bool:
        return any(self.parts().values())


def documents() -> Iterator[Document]:
    """Everything that should be in the index now."""
    for source in sources():
        for obj in source.queryset().order_by("pk").iterator(chunk_size=CHUNK):
            try:
                yield source.document(obj)
            except Exception:
                logger.exception("No document could be made of %s.", key_of(obj))


def expected() -> int:
    """About how many documents there will be, for a progress bar."""
    return sum(source.queryset().count() for source in sources())


def rebuild(progress: Progress | None = None) -> None:
    """Build the index anew beside the old one. What changes meanwhile is brought along, and then the queue drained."""
    engines.engine().rebuild(documents(), documents_for, progress)
    queue.drain()


def compare() -> Drift:
    """What differs. Reads everything once."""
    held = dict(fingerprints())
    drift = Drift()
    for document in documents():
        sort_in(drift, document, held.pop(document.key, None))
    drift.orphaned = list(held)
    return drift


def fingerprints() -> Mapping[str, Fingerprint]:
    try:
        return engines.engine().fingerprints()
    except EngineUnavailable as error:
        logger.warning("Everything counts as missing: %s", error)
        return {}


def sort_in(drift: Drift, document: Document, held: Fingerprint | None) -> None:
    if held is None:
        drift.missing.append(document.key)
    elif held.content != document.content_hash:
        drift.stale_content.append(document.key)
    elif held.rights != document.rights_hash:
        drift.stale_rights.append(document.key)


def repair(drift: Drift) -> None:
    """Bring every key that differs in step, then whatever still waits in the queue."""
    keys = drift.keys()
    engine = engines.engine()
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        found = list(documents_for(some))
        engine.put(found)
        engine.remove(set(some) - {document.key for document in found})
    queue.drain()


def documents_for(keys: Sequence[str]) -> Iterator[Document]:
    """The documents under these keys, as far as they can be found now."""
    by_model: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, _, pk = key.partition(":")
        by_model[label].append(pk)
    for label, pks in by_model.items():
        yield from queue.documents_of(source_labelled(label), pks)


def stats() -> dict[str, Any]:
    return {**engines.engine().stats(), "waiting in the queue": queue.waiting()}
