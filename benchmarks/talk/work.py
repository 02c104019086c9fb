"""What is done inside the hub's Django: the talk is made, and its pages are asked."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from benchmarks.talk import filling, pages, writing
from benchmarks.talk.plan import SIZES
from importing.progress import bars

Order = Mapping[str, Any]


def fill(order: Order) -> dict[str, int]:
    """Make the talk of this size, with a bar for each kind of thing."""
    size = SIZES[order["size"]]
    with bars(Console(stderr=True), filling.totals(size)) as step:
        filling.fill(size, step)
    return filling.totals(size)


def measure(order: Order) -> list[dict[str, Any]]:
    """Each page cold and warm."""
    return pages.measured(order["cold"], order["warm"])


def write(order: Order) -> dict[str, Any]:
    """So many posts a second while others read."""
    return writing.stream(order["per_second"], order["seconds"])


WORK: dict[str, Callable[[Order], Any]] = {"fill": fill, "measure": measure, "write": write}
