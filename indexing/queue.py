"""Writes what changed in the queue, and brings it to the index after the commit."""

import logging
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from core.after_commit import once_after_commit, once_with_commit
from core.row_locks import delete_locked
from indexing import engines
from indexing.documents import Document, Source, key_for, key_of, source_for, source_labelled
from indexing.models import IndexQueue

logger = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(minutes=1)  # after which whoever claimed a row is taken to be dead
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


def put(model: type[Model], pks: Iterable[Any]) -> None:
    """Queue things of one model, and have them brought once the transaction is committed. LookupError where nobody
    publishes the model to search: such a row would be taken away without a word.
    """
    if source_for(model) is None:
        raise LookupError(f"Nothing of {model._meta.label} is in the index.")
    label = model._meta.label_lower
    now = timezone.now()
    rows = [
        IndexQueue(key=key_for(model, pk), model=label, object_pk=str(pk), stamp=uuid.uuid4(), queued=now)
        for pk in sorted(
            pks, key=str
        )  # rows are locked in one order everywhere, so that no two processes wait for each other
    ]
    if rows:
        updates = ["stamp", "queued"]
        IndexQueue.objects.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["key"], update_fields=updates
        )
        ask_for_draining()


def ask_for_draining() -> None:
    """Where tasks stand in the database, the asking is committed with what was queued: a process that is killed right
    after the commit has asked all the same. Where they run at once, they wait for the commit.
    """
    from indexing.tasks import are_kept, start_draining  # noqa: PLC0415 (tasks know the queue)

    (once_with_commit if are_kept() else once_after_commit)(start_draining)


def is_anything_there() -> bool:
    """Whether anything is queued, whoever has it in hand."""
    return IndexQueue.objects.exists()


def drain() -> int:
    """Bring all that is queued to the index; how many rows that were.

    A row goes only after the index took it, and only as it was read: one that is queued again meanwhile stays.
    When the engine is away the rows wait, and EngineUnavailable says so.
    """
    done = 0
    while rows := claim():
        try:
            bring(rows)
        except BaseException:
            release(rows)
            raise
        settle(rows)
        done += len(rows)
    return done


def claim() -> list[IndexQueue]:
    """Rows that nobody else is bringing, now ours for as long as the lease lasts.

    Of two processes that bring the same thing, the one that read it first might write it last.
    """
    mine, now = uuid.uuid4(), timezone.now()
    free = IndexQueue.objects.filter(Q(claimed=None) | Q(claimed__lt=now - LEASE))
    if not free.exists():
        return []
    with transaction.atomic():  # what a request is queueing just now is left for the next time: nobody waits for it
        chosen = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        IndexQueue.objects.filter(pk__in=chosen).update(claimant=mine, claimed=now)
    return list(IndexQueue.objects.filter(claimant=mine))


def settle(rows: Sequence[IndexQueue]) -> None:
    """Remove what the index took. What was queued again meanwhile is anybody's."""
    # No two rows ever had the same stamp.
    as_read = IndexQueue.objects.filter(pk__in=[row.pk for row in rows], stamp__in=[row.stamp for row in rows])
    delete_locked(as_read.order_by("model", "object_pk"))
    release(rows)


def release(rows: Sequence[IndexQueue]) -> None:
    """Let go of what is still ours."""
    _change(rows, claimant=None, claimed=None)


@transaction.atomic
def _change(rows: Sequence[IndexQueue], **changes: Any) -> None:
    """Change what is still ours, locked in the one order first: an update of many rows locks them in any."""
    mine = IndexQueue.objects.filter(claimant=rows[0].claimant).order_by("model", "object_pk")
    keys = list(mine.select_for_update().values_list("pk", flat=True))
    IndexQueue.objects.filter(pk__in=keys).update(**changes)


@contextmanager
def held(rows: Sequence[IndexQueue]) -> Iterator[None]:
    """Within the block what is ours stays ours, however long a single file takes: a thread says that we are alive."""
    over = threading.Event()
    alive = threading.Thread(target=_keep_renewing, args=(rows, over), daemon=True)
    alive.start()
    try:
        yield
    finally:
        over.set()
        alive.join()


def _keep_renewing(rows: Sequence[IndexQueue], over: threading.Event) -> None:
    while not over.wait(LEASE.total_seconds() / 4):
        try:
            _change(rows, claimed=timezone.now())
        except DatabaseError as error:  # the next time will do
            logger.warning("A lease of search's queue could not be renewed: %s", error)
        finally:
            connection.close()


def bring(rows: Sequence[IndexQueue]) -> None:
    """Remove from the index what cannot be found any more, and put there what can.

    The sentence model may need minutes for files of hundreds of pages. What goes, and short things, do not wait for it.
    """
    by_model: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row.object_pk)
    documents = [doc for label, pks in by_model.items() for doc in documents_of(source_labelled(label), pks)]
    gone = {row.key for row in rows} - {document.key for document in documents}
    engine = engines.engine()
    with held(rows):
        engine.remove(gone)
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
