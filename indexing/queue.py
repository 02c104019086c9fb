"""Has what changed brought to the index after the commit: the index's part in the outbox."""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db.models import Model

from core import outbox
from core.outbox import Delivery
from indexing import engines
from indexing.documents import Document, Source, key_for, key_of, source_for, source_labelled

logger = logging.getLogger(__name__)

CONSUMER = "search index"
CHANGED = "indexing.changed"  # the document of a thing may be another one now
BATCH = 200
REST = timedelta(seconds=30)  # between two looks at a thing to which one after another is added
PORTION = 1_000_000  # letters that are brought at once: some thousand passages
_local = threading.local()


@contextmanager
def paused() -> Iterator[None]:
    """Queue nothing inside: for imports, which rebuild or queue all at once afterwards."""
    before, _local.paused = is_paused(), True
    try:
        yield
    finally:
        _local.paused = before


def is_paused() -> bool:
    return getattr(_local, "paused", False)


def put(model: type[Model], pks: Iterable[Any], within: timedelta = timedelta()) -> None:
    """Queue things of one model, and have them brought once the transaction is committed, or ``within`` so long where
    that will do. LookupError where nobody publishes the model to search: such a row would be taken away without a word.
    """
    if source_for(model) is None:
        raise LookupError(f"Nothing of {model._meta.label} is in the index.")
    outbox.emit(CHANGED, [key_for(model, pk) for pk in pks], within=within)


def waiting() -> int:
    """How many things wait for the index, whoever has them in hand."""
    return Delivery.objects.to(CONSUMER).waiting().count()


def drain() -> int:
    """Bring all that is queued to the index; how many things that were.

    When the engine is away they wait, and EngineUnavailable says so.
    """
    return outbox.drain(CONSUMER)


def bring(changes: Sequence[Delivery]) -> None:
    """Remove from the index what cannot be found any more, and put there what can.

    The sentence model may need minutes for files of hundreds of pages. What goes, and short things, do not wait for it.
    """
    by_model: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        by_model[change.subject_model].append(change.subject_pk)
    documents = [doc for label, pks in by_model.items() for doc in documents_of(source_labelled(label), pks)]
    engine = engines.engine()
    engine.remove({change.subject for change in changes} - {document.key for document in documents})
    for portion in portions(documents):
        engine.put(portion)


def portions(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The shortest first, and together no more than a portion unless a single one is."""
    portion: list[Document] = []
    size = 0
    for document in sorted(documents, key=lambda document: len(document.body)):
        if portion and size + len(document.body) > PORTION:
            yield portion
            portion, size = [], 0
        portion.append(document)
        size += len(document.body)
    if portion:
        yield portion


def documents_of(source: Source[Any] | None, pks: Iterable[Any]) -> Iterator[Document]:
    """The documents of those things that can be found. One that cannot be read is logged and left out."""
    if source is None:
        return
    for obj in source.queryset().filter(pk__in=list(pks)):
        try:
            yield source.document(obj)
        except Exception:
            logger.exception("No document could be made of %s.", key_of(obj))
