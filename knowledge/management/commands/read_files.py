"""``manage.py read_files``: reads uploaded files for search."""

import logging
import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _, ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.models import HubDocument
from knowledge.files import services
from knowledge.files.models import FileText

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Reads the uploaded files that search has not read yet, and says which it cannot read. Can run again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Read every file anew, whether it changed or not.")

    def handle(self, *args: object, again: bool, **options: object) -> None:
        files = HubDocument.objects.order_by("pk") if again else services.unread()
        self.failed = 0
        read = list(self.rows(list(files.values_list("pk", flat=True)), again=again))
        flawed = [row for row in read if row.reason]
        for row in flawed:
            self.stdout.write(f"{row.file.filename} ({row.file}): {row.state}")
        self.stdout.write(self.style.SUCCESS(sum_up(len(read), len(flawed))))
        if self.failed:
            raise CommandError(left_waiting(self.failed))

    def rows(self, pks: list[int], *, again: bool) -> Iterator[FileText]:
        """What was read. A file that was deleted meanwhile is passed over; one that the machine failed at waits."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            for pk in progress.track(pks, description=_("Files")):
                try:
                    if row := services.read(pk, again=again):
                        yield row
                except Exception:
                    self.failed += 1
                    logger.exception("The file %s could not be read for search.", pk)


def sum_up(read: int, flawed: int) -> str:
    looked = ngettext("%(n)d file looked at.", "%(n)d files looked at.", read) % {"n": read}
    if not flawed:
        return looked
    partly = ngettext(
        "Of %(n)d of them search does not know all that stands in it.",
        "Of %(n)d of them search does not know all that stands in them.",
        flawed,
    )
    return f"{looked} {partly % {'n': flawed}}"


def left_waiting(failed: int) -> str:
    said = ngettext(
        "%(n)d file could not be read now; the log says why. It goes on waiting: run this again.",
        "%(n)d files could not be read now; the log says why. They go on waiting: run this again.",
        failed,
    )
    return said % {"n": failed}
