"""Threads that do something at the same moment, on a database that all of them see."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar
from unittest import mock

import pytest
from django.db import connection, connections, transaction

from search import services as search

Built = TypeVar("Built")

# PostgreSQL's threads see only what is committed.
COMMITTED = connection.vendor != "sqlite"
with_threads = pytest.mark.django_db(transaction=COMMITTED, serialized_rollback=COMMITTED)

PATIENCE = 120  # seconds that threads wait for each other before they give up


@contextmanager
def seen_by_threads(folder: Path, build: Callable[[], Built]) -> Iterator[Built]:
    """What ``build`` makes, where other threads see it. Search hears of nothing."""
    with search.paused():
        if COMMITTED:
            yield build()
        else:
            with _copied(folder / "race.sqlite3", build) as built:
                yield built


@contextmanager
def _copied(file: Path, build: Callable[[], Built]) -> Iterator[Built]:
    """SQLite's test database is in memory, where threads lock each other out: who connects gets a copy in a file."""
    with transaction.atomic():
        built = build()
        file.write_bytes(connection.connection.serialize())
        with closing(sqlite3.connect(file)) as copy:  # those who connect at once could not all do it
            copy.execute("PRAGMA journal_mode=WAL")
        with mock.patch.dict(connection.settings_dict, NAME=str(file)):
            yield built
        transaction.set_rollback(True)


def at_once(deed: Callable[[int], Any], threads: int) -> list[Any]:
    """What ``deed`` gives to each of some threads that begin together."""
    start = Barrier(threads, timeout=PATIENCE)

    def run(number: int) -> Any:
        start.wait()
        try:
            with search.paused():
                return deed(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
