"""The last ranking of each thread, for a moment.

A page of results asks the same twice, for what is there and for who knows about it; the cluster is asked once.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
LASTS = 1.0  # seconds, as long as a cluster may take anyway until it shows what was written


class RankingCache(Generic[T]):
    """One answer for each thread, until this process writes or the moment is over."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._written = 0

    def forget(self) -> None:
        """Something was written: what was answered before is no longer true."""
        self._written += 1

    def of(self, question: Hashable, answer: Callable[[], T]) -> T:
        """What was answered a moment ago, or what ``answer`` gives now."""
        asked = (question, self._written)
        last: tuple[Hashable, float, T] | None = getattr(self._local, "last", None)
        if last and last[0] == asked and time.monotonic() - last[1] < LASTS:
            return last[2]
        found = answer()
        self._local.last = (asked, time.monotonic(), found)
        return found
