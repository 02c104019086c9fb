"""``manage.py send_alerts``: tells people by e-mail what is new in their saved searches."""

import sys

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core import outbox
from core.heartbeats import beat
from indexing.engines.base import EngineUnavailable
from reading.searches import alerts, rounds
from reading.searches.alerts import Outcome
from reading.searches.rounds import Round


class Command(BaseCommand):
    help = (
        "Sends people what is new in their saved searches: one e-mail each, once a day at most. Run it every morning."
    )

    def handle(self, *args: object, **options: object) -> None:
        due = rounds.due()
        not_again = alerts.readers().count() - len(due)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            bar = progress.add_task("People", total=len(due))
            with rounds.collecting(lambda: progress.advance(bar)) as ours:
                ours.outcomes[Outcome.NOT_AGAIN] = not_again
                trouble = self.send(due)
        left = max(len(due) - ours.people, 0)
        if trouble:
            raise CommandError(f"{self.sum_up(ours)}, waiting: {left}\n{trouble}")
        self.stdout.write(self.sum_up(ours) + (f", left to a worker: {left}" if left else ""))
        if ours.outcomes[Outcome.FAILED]:
            raise CommandError("Some could not be written to; the log says why. They are tried again later.")
        beat("send_alerts")

    def send(self, due: list[object]) -> str:
        """Write to everybody, and say what keeps us from going on."""
        try:
            rounds.begin(due)
            outbox.drain(rounds.NEWS)
        except EngineUnavailable as error:
            return f"Search cannot answer, so nobody else is written to. They are when it can: {error}"
        except rounds.UNAVAILABLE as error:
            return f"No mail server can be reached, so nobody else is written to. They are when one can: {error}"
        return ""

    def sum_up(self, ours: Round) -> str:
        return ", ".join(f"{outcome.value}: {ours.outcomes[outcome]}" for outcome in Outcome)
