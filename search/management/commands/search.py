"""``manage.py search …``: rebuild, check, stats, ask and evaluate."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from core.heartbeats import beat
from indexing import maintenance
from indexing.embedding import EncoderMissing, shared_encoder
from indexing.engines.base import EngineUnavailable
from search import plain_output
from search.answering import ask
from search.query import Query


class Command(BaseCommand):
    help = "Looks after the search index, and measures how good search is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="Build the index anew from the database, while search goes on.")
        check = actions.add_parser("check", help="Compare the index with the database.")
        check.add_argument("--repair", action="store_true", help="Mend what differs.")
        stats = actions.add_parser("stats", help="Show what is in the index.")
        question = actions.add_parser("ask", help="Show what a reader who asks would be given.")
        question.add_argument("question", metavar="QUESTION")
        question.add_argument("--as", dest="email", default="", metavar="EMAIL", help="Ask as this person.")
        measure = actions.add_parser("evaluate", help="Measure search on judged sets.")
        measure.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        measure.add_argument("--experts", action="store_true", help="Judge the ranking of people.")
        measure.add_argument("--archive", type=Path, metavar="FOLDER", help="The archive that is the evidence.")
        for action in (stats, question, measure):
            action.add_argument("--json", action="store_true", help="Print JSON and nothing else.")

    def handle(self, *args: object, action: str, **options: object) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except (EngineUnavailable, EncoderMissing) as error:
            raise CommandError(str(error)) from error

    def do_rebuild(self, **options: object) -> None:
        shared_encoder()  # says at once what is missing, rather than after half an index
        with self.bar("Documents", maintenance.expected()) as advance:
            maintenance.rebuild(advance)
        self.stdout.write(self.style.SUCCESS("The search index is new."))

    def do_check(self, repair: bool = False, **options: object) -> None:
        drift = maintenance.compare()
        for name, keys in drift.parts().items():
            self.stdout.write(f"{name}: {len(keys)}" + (f" ({', '.join(keys[:5])}…)" if keys else ""))
        if drift and repair:
            shared_encoder()
            maintenance.repair(drift)
            drift = maintenance.compare()
            self.stdout.write("Repaired.")
        if drift:
            raise CommandError("The index differs from the database. Run “manage.py search check --repair”.")
        beat("search check")

    def do_stats(self, **options: object) -> None:
        figures = maintenance.stats()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")

    def do_ask(self, question: str, email: str, **options: object) -> None:
        """Nobody is log_search here: what editors read of questions is what readers asked."""
        given = plain_output.as_data(question, ask(Query.of(question), reader(email)))
        if options["json"]:
            self.stdout.write(json.dumps(given, ensure_ascii=False))
            return
        for line in plain_output.as_lines(given):
            self.stdout.write(line)

    def do_evaluate(self, folders: list[Path], experts: bool, archive: Path | None, **options: object) -> None:
        try:
            from benchmarks import evaluation  # noqa: PLC0415 (a hub that serves can do without it)
        except ModuleNotFoundError as error:
            raise CommandError("The evaluation is not installed here: it stands in the folder benchmarks.") from error

        shared_encoder()
        measure = evaluation.measure_experts if experts else evaluation.measure
        results = []
        try:
            for folder in folders:
                judged = evaluation.read_set(folder, self.warn, need_documents=not experts)
                if archive:
                    judged = judged.with_evidence(evaluation.read_archive(archive, self.warn))
                with self.bar(judged.name, len(judged.documents)) as advance:
                    results.append(measure(judged, advance))
        except evaluation.SetError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            named = {folder.resolve().name: result for folder, result in zip(folders, results, strict=True)}
            self.stdout.write(json.dumps(results[0] if len(results) == 1 else named))
            return
        for folder, result in zip(folders, results, strict=True):
            self.console(sys.stdout).print(table(folder.resolve().name, result))

    def warn(self, message: str) -> None:
        self.stderr.write(self.style.WARNING(message))

    @contextmanager
    def bar(self, name: str, total: int) -> Iterator[Any]:
        """A progress bar on standard error, so that standard output holds results only."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console(sys.stderr)) as progress:
            task = progress.add_task(name, total=total)
            yield lambda done: progress.advance(task, done)

    def console(self, stream: TextIO) -> Console:
        return Console(file=stream)


def reader(email: str) -> Any:
    """Who asks: the person with this address, or somebody who is not signed in."""
    if not email:
        return AnonymousUser()
    people = get_user_model()._default_manager.filter(email__iexact=email.strip(), is_active=True)
    if (person := people.first()) is None:
        raise CommandError(f"Nobody here has the address {email}. Leave --as out to ask without signing in.")
    return person


def table(name: str, result: dict[str, Any]) -> Table:
    """The figures of one set."""
    parts = {part: figures for part, figures in result.items() if isinstance(figures, dict)}
    columns = next(iter(parts.values()))
    drawn = Table(title=f"{name}: {result['documents']} documents, {result['queries']} queries")
    drawn.add_column("")
    for column in columns:
        drawn.add_column(column, justify="right")
    for part, figures in parts.items():
        drawn.add_row(part, *(f"{figures[column]:g}" for column in columns))
    return drawn
