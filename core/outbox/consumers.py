"""Who consumes events. Each room names its consumers in its ``contributions.py``."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.registry import Registry

if TYPE_CHECKING:
    from core.outbox.models import Delivery

FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)
LEASE = timedelta(minutes=1)  # after which whoever claimed a delivery is taken to be dead


class Unavailable(Exception):
    """What the consumer writes to is away. That is no fault of the events: they wait, and no attempt is counted."""


def later_and_later(attempts: int) -> timedelta:
    """Ten seconds, twenty, forty, and an hour at the most."""
    longest: timedelta = min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LONGEST_RETRY)
    return longest


@dataclass(frozen=True)
class Consumer:
    """What is done with events of some kinds.

    ``handler`` gets up to ``batch`` deliveries at once, never two of one subject. It may get any of them again, and
    what it raises is a failed attempt. ``coalesces`` says that it looks at the subject as it is now, so that of several
    events of one subject the newest will do. ``unavailable`` are the errors that say nothing against the events.
    """

    name: str
    kinds: Collection[str]
    handler: Callable[[Sequence["Delivery"]], object]
    batch: int = 1
    coalesces: bool = False
    priority: int = 0  # of its background task: what changes who may find something comes first
    concurrency: int | None = None  # deliveries in hand at once, over all workers
    attempts: int = 8  # before a delivery is set aside
    backoff: Callable[[int], timedelta] = later_and_later
    lease: timedelta | None = None  # instead of LEASE
    unavailable: tuple[type[Exception], ...] = (Unavailable,)

    def held_for(self) -> timedelta:
        return self.lease or LEASE


CONSUMERS: Registry[Consumer] = Registry("consumers of events", taken_by="core")
_asks: dict[str, Callable[[], None]] = {}


def add_consumer(consumer: Consumer) -> Consumer:
    return CONSUMERS.add(consumer.name, consumer)


def consumer_called(name: str) -> Consumer:
    """LookupError where no room has such a consumer."""
    if (consumer := CONSUMERS.get(name)) is None:
        raise LookupError(f"No consumer of events is called {name}.")
    return consumer


def consumers_of(kind: str) -> list[Consumer]:
    """LookupError where nobody consumes the kind: such an event would be lost without a word."""
    if found := [consumer for consumer in CONSUMERS if kind in consumer.kinds]:
        return found
    raise LookupError(f"Nobody consumes events of the kind {kind}.")


def asking_for(consumer: Consumer, ask: Callable[[str], None]) -> Callable[[], None]:
    """``ask`` for this consumer, the same object each time: ``core.after_commit`` knows by that what it did already."""
    if consumer.name not in _asks:
        _asks[consumer.name] = partial(ask, consumer.name)
    return _asks[consumer.name]
