"""Shows figures on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.figures import PageFigures, baseline

SLOWER = 1.25  # times its baseline: what is more than the noise of a busy machine


def show(measured: Sequence[PageFigures]) -> None:
    """The table that ``make bench`` ends with."""
    table = Table(title="One worker on one core, one request after another, while somebody writes once a second")
    table.add_column("page")
    for heading in ("requests/s", "p50 ms", "p95 ms", "queries", "bytes", "times the bare page", "kept"):
        table.add_column(heading, justify="right")
    for each in measured:
        cells = (each.per_second, each.p50, each.p95, each.queries, each.size, each.ratio)
        table.add_row(each.name, *(f"{cell:,}" for cell in cells), "" if each.kept is None else f"{each.kept:.0%}")
    Console().print(table)


def compare(demo: str, measured: Sequence[PageFigures]) -> bool:
    """Each page beside its baseline. Returns whether all of them kept it."""
    table = Table(title="Beside the baseline")
    table.add_column("page")
    for heading in ("ratio then", "ratio now", "change", "queries then", "queries now"):
        table.add_column(heading, justify="right")
    then, kept = baseline(demo), True
    for each in measured:
        if before := then.get(each.name):
            change = each.ratio / before["ratio"]
            worse = change > SLOWER or each.queries > before["queries"]
            kept = kept and not worse
            cells = (before["ratio"], each.ratio, f"{change - 1:+.0%}", before["queries"], each.queries)
            table.add_row(each.name, *map(str, cells), style="red" if worse else "")
    Console().print(table)
    return kept
