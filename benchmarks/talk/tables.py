"""What ``make bench-talk`` prints: the tables of docs/talk-speed.md, word for word."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from tools.terminal import say

Row = Mapping[str, Any]


def show_pages(figures: Sequence[Row]) -> None:
    """Queries, the processor's milliseconds and the clock's."""
    head = ("page", "queries cold", "warm", "processor ms", "p95", "clock ms", "p95", "cold ms")
    rows = [
        (
            each["name"],
            str(each["cold_queries"]),
            str(each["warm_queries"]),
            *(f"{each[time]:.0f}" for time in ("cpu", "cpu_p95", "warm", "warm_p95", "cold")),
        )
        for each in figures
    ]
    _show("Pages where people talk", head, rows)


def show_beside(hub: Sequence[Row], forum: Sequence[Row]) -> None:
    """The hub's pages beside the forum's, of the same talk in the same run."""
    ours = {each["name"]: each for each in hub}
    pairs = [(ours[each["name"]], each) for each in forum if each["name"] in ours]
    head = ("page", "queries", "of machina", "processor ms", "of machina", "ratio", "clock ms", "of machina", "ratio")
    rows = [
        (
            one["name"],
            str(one["warm_queries"]),
            str(other["warm_queries"]),
            *_compared(one["cpu"], other["cpu"]),
            *_compared(one["warm"], other["warm"]),
        )
        for one, other in pairs
    ]
    _show("Beside django-machina, warm medians", head, rows)


def _compared(one: float, other: float) -> tuple[str, str, str]:
    return f"{one:.0f}", f"{other:.0f}", f"{one / other:.2f}"


def show_growth(few: Sequence[Row], many: Sequence[Row]) -> None:
    """The same pages with a tenth of the talk and with all of it."""
    tenth = {each["name"]: each for each in few}
    head = ("page", "queries", "with ten times", "processor ms", "with ten times", "ratio", "clock ms", "ratio")
    rows = []
    for each in many:
        before = tenth[each["name"]]
        cpu, clock = (_compared(each[time], before[time]) for time in ("cpu", "warm"))
        queries = (str(before["warm_queries"]), str(each["warm_queries"]))
        rows.append((each["name"], *queries, cpu[1], cpu[0], cpu[2], clock[0], clock[2]))
    _show("With ten times the talk, warm medians", head, rows)


def show_written(written: Row, waiting: Mapping[str, int]) -> None:
    """How many posts a second were written while others read, and how long each kind of request took."""
    say(
        f"{written['asked']:g} posts a second were asked for, {written['reached']:.1f} were written, and "
        f"{written['read']:.1f} pages a second read; "
        f"{written['kept']:.0%} of what pages keep was there, and {written['cpu']:.1f} processors were at work."
    )
    head = ("request", "number", "median ms", "p95 ms")
    rows = [
        (name, str(row["number"]), f"{row['p50']:.0f}", f"{row['p95']:.0f}") for name, row in written["rows"].items()
    ]
    _show("Written while others read", head, rows)
    say("Waiting for the worker at the end: " + (", ".join(f"{name} {n}" for name, n in waiting.items()) or "nothing"))
    for name, number in written["failed"].items():
        say(f"FAILED {name}: {number}")


def _show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if sys.stdout.isatty():
        table = Table(title=title)
        for place, column in enumerate(head):
            table.add_column(column, justify="right" if place else "left")
        for row in rows:
            table.add_row(*row)
        Console().print(table)
        return
    say(f"\n{title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    say("\n".join(f"| {' | '.join(row)} |" for row in rows))
