"""Progress bars of the commands that fill a hub."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, cast

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from indexing import maintenance
from indexing.embedding import EncoderMissing, shared_encoder
from indexing.engines.base import EngineUnavailable

Step = Callable[..., None]


def console_for(output: OutputWrapper) -> Console:
    """Rich's console on the stream of a command, whose own wrapper would end every piece with a new line.

    A sentence stays one line: a log or a pipe has no width at which to break it, and a terminal breaks it itself.
    """
    return Console(file=cast("IO[str]", output._out), soft_wrap=True)


CHATTY = ("django_tasks", "wagtail")


@contextmanager
def quietly() -> Iterator[None]:
    """Without the line that each page and each task would write to the log."""
    before = {name: logging.getLogger(name).level for name in CHATTY}
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def bars(console: Console, totals: Mapping[str, int]) -> Iterator[Callable[[str, int], None]]:
    """A bar for each name, from nothing to its total. Call what it gives with a name and how many more are done."""
    columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        tasks = {name: progress.add_task(name, total=total, start=False) for name, total in totals.items()}

        def step(name: str, done: int) -> None:
            progress.start_task(tasks[name])
            progress.advance(tasks[name], done)

        yield step


@contextmanager
def counting(console: Console, words: str, total: int) -> Iterator[Step]:
    """One bar. Call what it gives after each thing, or with how many there were."""
    with bars(console, {words: total}) as step:
        yield lambda done=1: step(words, done)


def index_is_behind() -> bool:
    """Whether the index holds another number of things than the database, as after an import that was stopped."""
    try:
        return bool(maintenance.stats()["documents"] != maintenance.expected())
    except (EncoderMissing, EngineUnavailable):
        return True


def index_with_progress(console: Console, *, wanted: bool) -> None:
    """Bring everything to the search index, or say how that is done later."""
    if not wanted:
        console.print(_("Search does not know of this yet. Run “manage.py search rebuild”."))
        return
    try:
        shared_encoder()
        with counting(console, _("Search index"), maintenance.expected()) as step:
            maintenance.rebuild(step)
    except (EncoderMissing, EngineUnavailable) as error:
        console.print(_("Search could not be brought up to date: %(reason)s") % {"reason": error})
