"""``manage.py import_closed_days``: adds bank holidays from a list in GOV.UK's form."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format

from core.working_days.services import OURS, ListError, import_list, read_list

OLD = 365  # days; GOV.UK adds a year every November


class Command(BaseCommand):
    help = (
        "Adds bank holidays from the list that comes with the hub, or from a file that you fetched from "
        "https://www.gov.uk/bank-holidays.json. Removes none, and changes none that the hub team changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=OURS, help="The list, instead of the hub’s own.")

    def handle(self, *, file: Path, **_options: object) -> None:
        try:
            done = import_list(read_list(file))
        except ListError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        age = (timezone.localdate() - done.as_of).days
        self.stdout.write(
            f"New: {done.new}, known already: {done.known}. The list is of {date_format(done.as_of, 'j F Y')} "
            f"({age} days ago) and goes to {date_format(done.until, 'j F Y')}."
        )
        if age > OLD:
            self.stderr.write("More than a year old. Fetch https://www.gov.uk/bank-holidays.json and import that.")
