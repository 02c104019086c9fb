"""Progress bars of the commands that fill a hub."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from search import maintenance
from search.embedding import EncoderMissing, shared_encoder
from search.engines.base import EngineUnavailable

Step = Callable[..., None]


@contextmanager
def counting(console: Console, words: str, total: int) -> Iterator[Step]:
    """A bar from nothing to ``total``. Call what it gives after each thing, or with how many there were."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(words, total=total)

        def step(done: int = 1) -> None:
            progress.advance(task, done)

        yield step


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
