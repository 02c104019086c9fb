"""Reads uploaded files for search, and keeps what it read."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.files.copies import on_this_machine
from core.files.extraction import VERSION, Extraction, extract
from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason
from core.models import HubDocument
from core.outbox import Delivery, emit
from knowledge.files.models import FileText
from search import services as search

logger = logging.getLogger(__name__)

READER = "file reading"
UPLOADED = "knowledge.file_uploaded"  # a new file, or another one in its place
LIMITS = Limits()
ASKED = ["waits", "stamp", "name", "file_hash"]
READ = ["text", "has_words", "pages", "reason", "read_on", "digest"]
OF_THE_MOMENT = {Reason.MISSING, Reason.TOO_HARD}
"""What may come out otherwise another time, though the file is the same."""


@transaction.atomic
def put_off(file: HubDocument) -> None:
    """Have a file read after the commit, in the background, unless it is the same that was last asked for.

    Until then search knows what it knew. Of a file that was replaced it knows nothing any more: what stood in the one
    before may be why it was replaced.
    """
    row = FileText.objects.defer("text").filter(pk=file.pk).first()
    if row is not None and row.is_of(file):
        return
    forgotten = READ if row is not None and row.is_of_another(file) else []
    FileText.objects.bulk_create(
        [_asked(file)], update_conflicts=True, unique_fields=["file"], update_fields=[*ASKED, *forgotten]
    )
    emit(UPLOADED, file)


def _asked(file: HubDocument) -> FileText:
    return FileText(file_id=file.pk, name=file.file.name, file_hash=file.file_hash)


def unread() -> QuerySet[HubDocument]:
    """The files that have to be read: new or changed ones, and those that were read in an older way.

    Those that were gone are looked for again: a whole storage may have been away.
    """
    due = Q(file_text=None) | Q(file_text__waits=True) | Q(file_text__version__lt=VERSION)
    due |= Q(file_text__reason=Reason.MISSING)
    found: QuerySet[HubDocument] = HubDocument.objects.filter(due).order_by("pk")
    return found


def read_waiting(events: Sequence[Delivery]) -> None:
    """Read each file unless somebody else did it meanwhile, or it is gone."""
    for event in events:
        pk = int(event.subject_pk)
        if FileText.objects.waiting().filter(pk=pk).exists():
            read(pk)


def read(pk: int, limits: Limits = LIMITS, *, again: bool = False) -> FileText | None:
    """Read a file now and tell search of it; nothing where it is gone. No file makes this raise.

    What did not change is only read ``again`` where that is asked for. Trouble of the machine, of the storage or of the
    reader is raised, and the file goes on waiting with what was known of it.

    Reading may take a while: no transaction is open meanwhile, and a file that changes in that time is left to
    whoever reads it next. That is why the row, with its stamp, is fetched before the file.
    """
    row = _row(pk)
    if row is None:
        return None
    stored = _opened(row.file)
    if stored is None:
        _take_over(row, Extraction(reason=Reason.MISSING), "")
    else:
        with stored, on_this_machine(stored, row.file.file.name, limits) as (content, digest):
            if again or digest != row.digest:
                _take_over(row, extract(content, row.file.file.name, limits), digest)
    _keep(row)
    return row


def _row(pk: int) -> FileText | None:
    """The row and its file in one query, so that they fit together."""
    rows: QuerySet[FileText] = FileText.objects.select_related("file")
    row = rows.filter(pk=pk).first()
    if row is None and (file := HubDocument.objects.filter(pk=pk).first()):  # no signal told of it
        FileText.objects.bulk_create([_asked(file)], ignore_conflicts=True)
        row = rows.get(pk=pk)
    return row


def _opened(file: HubDocument) -> Any:
    """The file where it is stored, or nothing where that says for sure that there is no such file."""
    try:
        return file.file.storage.open(file.file.name, "rb")
    except (FileNotFoundError, IsADirectoryError):
        logger.warning("The file %s is gone.", file.file.name)
        return None


def _take_over(row: FileText, outcome: Extraction, digest: str) -> None:
    row.has_words = outcome.has_words
    row.text = outcome.text if row.has_words else ""
    row.pages = len(outcome.pages)
    row.reason = outcome.reason.value if outcome.reason else ""
    row.digest = "" if outcome.reason in OF_THE_MOMENT else digest
    row.read_on = timezone.now()


@transaction.atomic
def _keep(row: FileText) -> None:
    row.waits, row.version = False, VERSION
    mine = FileText.objects.filter(pk=row.pk, stamp=row.stamp)
    if mine.update(**{name: getattr(row, name) for name in (*READ, "waits", "version")}):
        search.changed(row.file)
