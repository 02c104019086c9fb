"""``manage.py import_people FILE``: people from a table, as the hub team does it on its screens."""

import sys
from pathlib import Path
from typing import IO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from accounts.from_file.checking import Checked, Verdict, check
from accounts.from_file.reading import NotATable, read
from accounts.from_file.services import take_over
from core.editors import is_hub_team
from people.addresses import owner_of
from people.choices import PersonKind
from people.models import User

MOST_LINES = 200_000
SHOWN = 100


class Command(BaseCommand):
    help = (
        "Brings people from a CSV file into the hub, all in one transaction. Running it again makes nobody twice. Exit "
        "status: 0 when every line was good, 1 when some were not (the good ones are in), 2 when there is no table."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A CSV file whose first line names its columns.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and do nothing.")
        parser.add_argument(
            "--kind", choices=PersonKind.values, default="", help="Where those belong of whom the file does not say it."
        )
        parser.add_argument("--by", default="", help="Who of the hub team does it: their address stands in the log.")
        parser.add_argument("--invite", action="store_true", help="Send new people a link (needs --by).")

    def handle(
        self, *args: object, file: Path, dry_run: bool, kind: str, by: str, invite: bool, **options: object
    ) -> None:
        team = self.team(by, needed=invite)
        try:
            table = read(file.read_bytes(), MOST_LINES)
        except (NotATable, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        lines = check(table, kind)
        self.tell(lines)
        if table.unknown:
            self.stdout.write(_("Columns that are not read: %(names)s") % {"names": ", ".join(table.unknown)})
        if not dry_run:
            with self.bar() as bar:
                task = bar.add_task("", total=len(lines))
                take_over(table, kind, team, invites=invite, step=lambda: bar.advance(task))
        if any(one.verdict is Verdict.REFUSED for one in lines):
            sys.exit(1)

    def team(self, address: str, *, needed: bool) -> User | None:
        person = owner_of(address)
        if person is None or not is_hub_team(person):
            if needed or address:
                raise CommandError(_("--by needs the address of somebody of the hub team."), returncode=2)
            return None
        return person

    def bar(self) -> Progress:
        console = Console(file=cast("IO[str]", self.stdout._out))
        columns = (TextColumn(_("People")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=console)

    def tell(self, lines: list[Checked]) -> None:
        refused = [one for one in lines if one.verdict is Verdict.REFUSED]
        for one in refused[:SHOWN]:
            said = {"number": one.number, "reasons": " ".join(one.reasons)}
            self.stderr.write(_("Line %(number)s: %(reasons)s") % said)
        if len(refused) > SHOWN:
            self.stderr.write(_("… and %(n)d more.") % {"n": len(refused) - SHOWN})
        counts = {verdict: sum(one.verdict is verdict for one in lines) for verdict in Verdict}
        words = _("%(new)s new, %(changed)s changed, %(same)s as they are, %(refused)s cannot be taken.")
        self.stdout.write(words % {verdict.value: count for verdict, count in counts.items()})
