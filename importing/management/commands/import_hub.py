"""``manage.py import_hub FOLDER``: brings the archive of another site into the hub."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.table import Table

from importing.importing import ImportReport, import_archive
from importing.kinds import WRITERS
from importing.progress import bars, console_for, index_is_behind, index_with_progress, quietly
from importing.reading import Archive, NoArchive

SHOWN = 100  # problems; the rest are counted


class Command(BaseCommand):
    help = (
        "Brings the archive of another site into the hub. Running it again writes only what differs. "
        "Exit status: 0 when every row was good, 1 when some were not (the good ones are in), 2 when there is no "
        "archive."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder with topics.jsonl, people.jsonl and so on.")
        parser.add_argument(
            "--name",
            default="",
            help="What the archive is called, where that is not its folder’s name: ids are told apart by it.",
        )
        parser.add_argument(
            "--no-index", action="store_true", help="Leave the search index to “manage.py search rebuild”."
        )

    def handle(self, *args: object, folder: Path, name: str, no_index: bool, **options: object) -> None:
        console = console_for(self.stdout)
        try:
            archive = Archive(folder, name)
        except NoArchive as error:
            raise CommandError(str(error), returncode=2) from error
        for file in archive.missing():
            console.print(_("There is no %(file)s; that is fine.") % {"file": file})
        with quietly(), bars(console, {writer.kind: archive.size(writer.kind) for writer in WRITERS}) as step:
            report = import_archive(archive, step)
        console.print(summary(report))
        if report.is_new or (not no_index and index_is_behind()):
            index_with_progress(console, wanted=not no_index)
        self.tell_problems(archive)

    def tell_problems(self, archive: Archive) -> None:
        problems = archive.problems
        for problem in problems[:SHOWN]:
            self.stderr.write(f"{problem} ({_('taken without it') if problem.taken else _('not taken')})")
        if len(problems) > SHOWN:
            self.stderr.write(_("… and %(n)d more.") % {"n": len(problems) - SHOWN})
        if problems:
            sys.exit(1)


def summary(report: ImportReport) -> Table:
    """How many rows of each kind are new, changed or as they were."""
    table = Table(box=None)
    table.add_column("")
    for heading in (_("New"), _("Changed"), _("Unchanged"), _("Edited here, left alone")):
        table.add_column(heading, justify="right")
    for kind, tally in report.tallies.items():
        numbers = (tally.new, tally.changed, tally.unchanged, len(tally.kept))
        table.add_row(kind, *(f"{number:,}" for number in numbers))
    return table
