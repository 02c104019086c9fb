"""A circuit breaker: whoever did not answer several times running is left alone for a while."""

import threading
import time
from collections.abc import Callable

PATIENCE = 3  # failures in a row
REST = 10.0  # seconds


class Breaker:
    """Counts failures. While it is open nothing is asked, so that a cluster that is away costs a page nothing.

    After the rest one question is let through; its answer decides. ``clock`` gives seconds.
    """

    def __init__(
        self, patience: int = PATIENCE, rest: float = REST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.patience, self.rest, self.clock = patience, rest, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def lets_through(self) -> bool:
        with self._lock:
            if self._failures < self.patience:
                return True
            if self.clock() < self._until:
                return False
            self._until = self.clock() + self.rest  # one goes ahead, the others wait for its answer
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, *, everywhere: bool = False) -> None:
        """One failure more; where no node answered at all there is no need to wait for others."""
        with self._lock:
            self._failures = self.patience if everywhere else self._failures + 1
            self._until = self.clock() + self.rest
