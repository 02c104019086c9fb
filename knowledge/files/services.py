"""Reads uploaded files for search, and keeps what it read."""

import logging
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import IO, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hub.models import HubDocument
from knowledge.files import reading
from knowledge.files.models import FileText
from knowledge.files.reader.limits import MB, Limits
from knowledge.files.reader.reasons import Reason
from knowledge.files.reading import VERSION, Outcome
from search import services as search

logger = logging.getLogger(__name__)

LIMITS = Limits()


@transaction.atomic
def put_off(files: Iterable[HubDocument]) -> None:
    """Have files read after the commit, in the background. Until then search knows what it knew."""
    rows = [FileText(file_id=file.pk, waits=True, stamp=uuid.uuid4()) for file in files]
    FileText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["file"], update_fields=["waits", "stamp"], batch_size=500
    )
    for row in rows:
        transaction.on_commit(partial(_enqueue, row.pk), robust=True)


def _enqueue(pk: int) -> None:
    from knowledge.files.tasks import read_file  # noqa: PLC0415 (tasks know the services)

    read_file.enqueue(pk)


def unread() -> QuerySet[HubDocument]:
    """The files that have to be read: new or changed ones, and those that were read in an older way."""
    due = Q(file_text=None) | Q(file_text__waits=True) | Q(file_text__version__lt=VERSION)
    found: QuerySet[HubDocument] = HubDocument.objects.filter(due).order_by("pk")
    return found


def read_if_waiting(pk: int) -> None:
    """Read a file unless somebody else did it meanwhile, or it is gone."""
    row = FileText.objects.waiting().select_related("file").filter(pk=pk).first()
    if row is not None:
        read(row.file)


def read(file: HubDocument, limits: Limits = LIMITS) -> FileText:
    """Read a file now and tell search of it. What did not change is not read again. Bad files raise nothing.

    Reading may take a while: no transaction is open meanwhile, and a file that changes in that time is left to
    whoever reads it next.
    """
    row: FileText = FileText.objects.get_or_create(file=file)[0]
    stamp = row.stamp
    try:
        with on_this_machine(file, limits) as (content, digest):
            if digest != row.digest:
                _take_over(row, reading.read(content, file.file.name, limits))
            row.digest = digest
    except (OSError, ValueError):  # storages of all kinds say so that there is no such file
        logger.warning("The file %s cannot be opened.", file.file.name)
        _take_over(row, Outcome(reason=Reason.MISSING))
        row.digest = ""
    row.waits, row.version = False, VERSION
    _keep(row, stamp)
    return row


def _take_over(row: FileText, outcome: Outcome) -> None:
    row.has_words = outcome.has_words
    row.text = outcome.text if row.has_words else ""
    row.pages = len(outcome.pages)
    row.reason = outcome.reason.value if outcome.reason else ""
    row.read_on = timezone.now()


@transaction.atomic
def _keep(row: FileText, stamp: uuid.UUID) -> None:
    fields = ("text", "has_words", "pages", "reason", "read_on", "digest", "waits", "version")
    mine = FileText.objects.filter(pk=row.pk, stamp=stamp)
    if mine.update(**{name: getattr(row, name) for name in fields}):
        search.changed(row.file)


@contextmanager
def on_this_machine(file: HubDocument, limits: Limits) -> Iterator[tuple[IO[bytes], str]]:
    """The file, wherever it is stored, in a file without a name, and what its content is known by.

    Of a file that is too big anyway no more is fetched than shows that.
    """
    known: Any = sha256(f"{VERSION} {file.file.name.rpartition('.')[2]} ".encode())
    with tempfile.TemporaryFile() as copy, file.file.storage.open(file.file.name, "rb") as stored:
        while copy.tell() <= limits.bytes and (piece := stored.read(MB)):
            known.update(piece)
            copy.write(piece)
        copy.flush()
        yield copy, known.hexdigest()
