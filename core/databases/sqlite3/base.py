"""SQLite whose writers wait in a queue.

SQLite lets one write at a time. Whoever waits looks again after 1, 2, 5 and up to 100 milliseconds: the longer somebody
waits, the more rarely they look, so that whoever came last goes first, and some wait for seconds while fifty people
write. Here only the first of the queue looks, every millisecond, and the others sleep until it is their turn. The
system gives the turns, and to the next one also where a process is killed.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.db.backends.sqlite3 import base

LOOKS_AGAIN = 0.001  # seconds
DEFAULT_TIMEOUT = 5.0  # seconds: Python's own


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a queue before each transaction that will write.

    Its option ``timeout`` says, as ever, how many seconds one waits before ``OperationalError`` is raised.
    """

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # unknown to Django's stubs
            return
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        until = time.monotonic() + timeout
        with _turn(f"{self.settings_dict['NAME']}-queue"), self._waiting_no_longer_than(timeout):
            while not self._has_begun(until):
                time.sleep(LOOKS_AGAIN)

    def _has_begun(self, until: float) -> bool:
        """Whether nobody else writes now. From ``until`` on it is an error that somebody does."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # as above
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() >= until:
                raise
            return False
        return True

    @contextmanager
    def _waiting_no_longer_than(self, timeout: float) -> Iterator[None]:
        """SQLite itself waits for nobody meanwhile, and for ``timeout`` seconds afterwards."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {timeout * 1000:.0f}")


@contextmanager
def _turn(path: str) -> Iterator[None]:
    """Be the first of the queue."""
    queue = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)  # also where another account made it
    try:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield
    finally:
        os.close(queue)


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
