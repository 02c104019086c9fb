"""SQLite whose writers wait in a queue.

SQLite lets one write at a time. Whoever waits looks again after 1, 2, 5 and up to 100 milliseconds: the longer somebody
waits, the more rarely they look, so that whoever came last goes first, and some wait for seconds while fifty people
write. Here only the first of the queue looks, every millisecond, and the others sleep until it is their turn. The
system gives the turns, and to the next one also where a process is killed. Where one is stopped in its turn, the others
wait as long as they may, and then write without theirs if the database is free.
"""

import fcntl
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

LOOKS_AGAIN = 0.001  # seconds
DEFAULT_TIMEOUT = 5.0  # seconds: Python's own
WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|WITH\b.*\b(INSERT\s+(INTO|OR)|UPDATE|DELETE\s+FROM|REPLACE\s+INTO))\b",
    re.IGNORECASE | re.DOTALL,
)

LATE: dict[str, Thread] = {}
"""Of each queue the last thread of this process whose turn did not come in time."""

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
        with self._turn(), self._asking_once(connection):  # asked once at least, and once where no turn came in time
            while True:
                try:
                    return write()
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                        raise
                time.sleep(LOOKS_AGAIN)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Be the first, or have waited for ``timeout`` seconds: whoever is the first may be stopped for hours."""
        file = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)  # also where another account made it
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            is_left = not self._is_held_up() and self._is_left_to_a_thread(file)
        else:
            is_left = False
        try:
            yield
        finally:
            if not is_left:
                os.close(file)

    def _is_held_up(self) -> bool:
        """Whether somebody's turn did not come in time, and has not come yet: then nobody waits for theirs."""
        late = LATE.get(self.path)
        return late is not None and late.is_alive()

    def _is_left_to_a_thread(self, file: int) -> bool:
        """Wait for the turn. Where it comes too late, a thread is left to take it and give it to the next one: the
        system has no lock that one waits for so long only.
        """
        turn: Future[None] = Future()

        def take() -> None:
            fcntl.flock(file, fcntl.LOCK_EX)
            if turn.set_running_or_notify_cancel():
                turn.set_result(None)
            else:
                os.close(file)

        waits = Thread(target=take, daemon=True)
        waits.start()
        try:
            turn.result(self.timeout)
        except TimeoutError:
            if turn.cancel():
                LATE[self.path] = waits
                return True
        return False

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
        if self.connection.in_transaction or not WRITES.match(query):
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
