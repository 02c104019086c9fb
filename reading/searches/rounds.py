"""Rounds of news of saved searches: all who are due are written down at once, and one after another is written to.

``manage.py send_alerts`` begins a round and works at it; a worker in the background may help, and goes on with whatever
is left or has to be tried again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from core.outbox import Delivery, emit
from core.outbox.consumers import Unavailable
from indexing.engines.base import EngineUnavailable
from reading.searches import alerts
from reading.searches.alerts import Outcome
from search.synonyms import Groups, groups

NEWS = "news of saved searches"
NEWS_DUE = "reading.news_due"  # its subject is a person
UNAVAILABLE = (EngineUnavailable, Unavailable)
"""Nobody can say what is new, or there is no mail server to talk to: no fault of whoever is to be written to."""


@dataclass(slots=True)
class Round:
    """What one process does of a round. ``people`` counts also those whom it no longer concerned."""

    groups: Groups
    tell: Callable[[], object]
    people: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def note(self, outcome: Outcome | None) -> None:
        self.people += 1
        if outcome is not None:
            self.outcomes[outcome] += 1
        self.tell()


_present: ContextVar[Round | None] = ContextVar("round", default=None)


@contextmanager
def collecting(tell: Callable[[], object]) -> Iterator[Round]:
    """Within the block this process counts what becomes of each person, and calls ``tell`` after each.

    The words that mean the same are read once for all of them.
    """
    present = Round(groups(), tell)
    token = _present.set(present)
    try:
        yield present
    finally:
        _present.reset(token)


def due() -> list[Any]:
    """The keys of all who want to hear and were not written to today."""
    written_to = {"alert_mail__sent__gte": alerts.latest_allowed(timezone.localtime())}
    return list(alerts.readers().exclude(**written_to).values_list("pk", flat=True))


def begin(people: Sequence[Any]) -> None:
    """Have all of them written to. Who waits from an earlier round has another chance now."""
    label = get_user_model()._meta.label_lower
    emit(NEWS_DUE, [f"{label}:{pk}" for pk in people])


def write(events: Sequence[Delivery]) -> None:
    """Write to each person. What they may see is what they may see now that their turn has come."""
    present = _present.get()
    for event in events:
        outcome = None
        try:
            if reader := alerts.readers().filter(pk=event.subject_pk).first():
                outcome = alerts.write_to(reader, present.groups if present else None)
        except UNAVAILABLE:
            raise
        except Exception:
            if present:
                present.note(Outcome.FAILED)
            raise
        if present:
            present.note(outcome)
