"""What is done inside the hub's Django: the talk is made, and its pages are asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.test import override_settings
from rich.console import Console

from benchmarks.talk import filling, pages, writing
from benchmarks.talk.plan import SIZES
from core.outbox import Delivery
from importing.progress import bars

Order = Mapping[str, Any]


@contextmanager
def no_pace() -> Iterator[None]:
    """A few people write here what hundreds would: the limit for one person is not theirs."""
    many = dict.fromkeys(("posts", "posts_at_first"), "1000/10m")
    with override_settings(LIMITS={**settings.LIMITS, **many}):
        yield


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
    """So many posts a second while others read, by one of several processes."""
    with no_pace():
        return writing.stream(order)


def follow(_order: Order) -> dict[str, int]:
    """How much waits for each consumer of events."""
    waiting = Delivery.objects.order_by().values_list("consumer").annotate(n=Count("pk"))
    return dict(waiting)


def answer(order: Order) -> dict[str, Any]:
    """What answers cost that one person sends, one after another, and what follows them."""
    with no_pace():
        return pages.answered(order["number"])


WORK: dict[str, Callable[[Order], Any]] = {
    "fill": fill,
    "measure": measure,
    "answer": answer,
    "write": write,
    "follow": follow,
}
