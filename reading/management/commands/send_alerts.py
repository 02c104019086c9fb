"""``manage.py send_alerts``: tells people by e-mail what is new in their saved searches."""

import logging
import sys
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.audiences import Person
from indexing.engines.base import EngineUnavailable
from reading.searches import alerts
from reading.searches.alerts import Outcome
from search.synonyms import Groups, groups

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Sends people what is new in their saved searches: one e-mail each, once a day at most. Run it every morning."
    )

    def handle(self, *args: object, **options: object) -> None:
        outcomes: Counter[Outcome] = Counter()
        try:
            self.send(outcomes)
        except EngineUnavailable as error:
            said = "Search cannot answer, so nobody else is written to. All of it is tried again at the next run"
            raise CommandError(f"{self.sum_up(outcomes)}\n{said}: {error}") from error
        self.stdout.write(self.sum_up(outcomes))
        if outcomes[Outcome.FAILED]:
            raise CommandError("Some could not be written to; the log says why. They get it at the next run.")

    def send(self, outcomes: Counter[Outcome]) -> None:
        known = groups()
        readers = list(alerts.readers().values_list("pk", flat=True))
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            for pk in progress.track(readers, description="People"):
                # Each is read when their turn comes, so that what they may see is what they may see then.
                if reader := alerts.readers().filter(pk=pk).first():
                    outcomes[self.write_to(reader, known)] += 1

    def write_to(self, reader: Person, known: Groups) -> Outcome:
        """What breaks with one person stops nobody else's e-mail."""
        try:
            return alerts.write_to(reader, known)
        except EngineUnavailable:
            raise
        except Exception:
            logger.exception("Nothing could be made ready for person %s.", reader.pk)
            return Outcome.FAILED

    def sum_up(self, outcomes: Counter[Outcome]) -> str:
        return ", ".join(f"{outcome.value}: {outcomes[outcome]}" for outcome in Outcome)
