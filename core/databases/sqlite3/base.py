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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

LOOKS_AGAIN = 0.001  # seconds
DEFAULT_TIMEOUT = 5.0  # seconds: Python's own
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

Answer = TypeVar("Answer")


class QueueOfWriters:
    """The queue of the database at ``path``, in which each one waits for ``timeout`` seconds at most."""

    def __init__(self, path: str, timeout: float) -> None:
        self.path, self.timeout = f"{path}-queue", timeout

    def wait(self, connection: sqlite3.Connection, write: Callable[[], Answer]) -> Answer:
        """What ``write`` answers as soon as nobody else writes; ``sqlite3.OperationalError`` where that takes too long.

        One sleeps here and not inside SQLite. There one would hold one's own connection meanwhile, and the thread for
        which one waits may have to close a cursor of it, where Python collects its garbage: both would wait until the
        time is over.
        """
        until = time.monotonic() + self.timeout
        with self._turn(), self._asking_once(connection):
            while True:
                try:
                    return write()
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                        raise
                time.sleep(LOOKS_AGAIN)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Be the first."""
        file = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)  # also where another account made it
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    @contextmanager
    def _asking_once(self, connection: sqlite3.Connection) -> Iterator[None]:
        """SQLite itself waits for nobody meanwhile."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            connection.execute(f"PRAGMA busy_timeout = {self.timeout * 1000:.0f}")


class QueueingCursor(base.SQLiteCursorWrapper):
    """Django's own, for which what is written outside a transaction waits in the queue, too."""

    queue: QueueOfWriters

    def execute(self, query: str, params: object = None) -> Any:
        return self._in_turn(query, super().execute, params)

    def executemany(self, query: str, param_list: Iterable[object]) -> Any:
        return self._in_turn(query, super().executemany, list(param_list))  # it may be asked several times

    def _in_turn(self, query: str, run: Callable[[str, Any], Answer], params: object) -> Answer:
        if self.connection.in_transaction or not query.lstrip()[:7].upper().startswith(WRITES):
            return run(query, params)
        return self.queue.wait(self.connection, lambda: run(query, params))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a queue before whatever writes. The option ``timeout`` says how long one waits, as ever."""

    @property
    def queue(self) -> QueueOfWriters:
        timeout = self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT)
        return QueueOfWriters(str(self.settings_dict["NAME"]), float(timeout))

    def create_cursor(self, name: str | None = None) -> Any:
        if self.is_in_memory_db():
            return super().create_cursor(name)
        cursor = self.connection.cursor(factory=QueueingCursor)
        cursor.queue = self.queue
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # unknown to Django's stubs
            return
        mode = self.transaction_mode or ""  # type: ignore[attr-defined]  # nor is this
        with self.wrap_database_errors:
            self.queue.wait(self.connection, lambda: self.connection.execute(f"BEGIN {mode}"))
