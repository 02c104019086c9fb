"""``manage.py read_files``: reads uploaded files for search."""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hub.models import HubDocument
from knowledge.files import services
from knowledge.files.models import FileText


class Command(BaseCommand):
    help = "Reads the uploaded files that search has not read yet, and says which it cannot read. Can run again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Look at every file, whether it changed.")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        files = HubDocument.objects.order_by("pk") if again else services.unread()
        read = [row for row in self.rows(list(files.values_list("pk", flat=True))) if row]
        for row in read:
            if row.reason:
                self.stdout.write(f"{row.file.filename} ({row.file}): {row.state}")
        words = _("%(read)d files looked at. Of %(bad)d, search does not know all that stands in them.")
        self.stdout.write(self.style.SUCCESS(words % {"read": len(read), "bad": sum(bool(row.reason) for row in read)}))

    def rows(self, pks: list[int]) -> Iterator[FileText | None]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            yield from progress.track((read(pk) for pk in pks), total=len(pks), description=_("Files"))


def read(pk: int) -> FileText | None:
    """Read one file, unless it was deleted meanwhile."""
    file = HubDocument.objects.filter(pk=pk).first()
    return services.read(file) if file else None
