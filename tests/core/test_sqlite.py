"""SQLite as the hub has it: whoever writes waits in a queue, in threads and processes, and it knows its tables."""

import fcntl
import gc
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import ConnectionHandler, OperationalError

from core.databases import statistics

PEOPLE, EACH = 6, 10
OPTIONS = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL", "timeout": 20}


@pytest.fixture
def databases(tmp_path: Path, django_db_blocker) -> Iterator[ConnectionHandler]:
    """One database, of which each thread has a connection of its own; "hasty" waits for a moment only."""
    one = {"ENGINE": "core.databases.sqlite3", "NAME": str(tmp_path / "hub.sqlite3"), "OPTIONS": OPTIONS}
    hasty = {**one, "OPTIONS": {**OPTIONS, "timeout": 0.05}}
    handler = ConnectionHandler({"default": one, "hasty": hasty})
    with django_db_blocker.unblock():  # they are none of the hub's
        with handler["default"].cursor() as cursor:
            cursor.execute("create table words (who text)")
        yield handler
        handler.close_all()


@contextmanager
def writing(databases: ConnectionHandler, who: str, alias: str = "default") -> Iterator[None]:
    """A transaction of this thread in which a word was written."""
    connection = databases[alias]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("insert into words values (%s)", [who])
        yield
        connection.commit()
    finally:
        connection.set_autocommit(True)


def writes(databases: ConnectionHandler, who: str) -> None:
    with writing(databases, who):
        pass
    databases.close_all()


def writes_alone(databases: ConnectionHandler, who: str, alias: str = "default") -> None:
    """One statement outside a transaction."""
    with databases[alias].cursor() as cursor:
        cursor.executemany("insert into words values (%s)", iter([[who]]))
    databases.close_all()


def words(databases: ConnectionHandler) -> list[str]:
    with databases["default"].cursor() as cursor:
        cursor.execute("select who from words order by rowid")
        return [who for (who,) in cursor.fetchall()]


def somebody_waits(databases: ConnectionHandler) -> bool:
    """Whether the queue has a first one."""
    with Path(f"{databases['default'].settings_dict['NAME']}-queue").open() as queue:
        try:
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def wait_for_somebody(databases: ConnectionHandler) -> None:
    until = time.monotonic() + 10
    while not somebody_waits(databases):
        assert time.monotonic() < until
        time.sleep(0.001)


def test_what_many_write_at_once_is_all_written(databases: ConnectionHandler) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda who: writes(databases, who), [str(n) for n in range(PEOPLE)] * EACH))
    assert sorted(words(databases)) == sorted([str(n) for n in range(PEOPLE)] * EACH)


@pytest.mark.parametrize("first", [writes, writes_alone])
def test_whoever_came_first_goes_first(databases: ConnectionHandler, first: Callable[..., None]) -> None:
    with ThreadPoolExecutor(2) as pool:
        with writing(databases, "now"):
            waits = [pool.submit(first, databases, "first")]
            wait_for_somebody(databases)
            waits.append(pool.submit(writes, databases, "second"))
            assert not waits[0].done()
        for each in waits:
            each.result()
    assert words(databases) == ["now", "first", "second"]


def test_whoever_waits_too_long_is_told_and_holds_up_nobody(databases: ConnectionHandler) -> None:
    with writing(databases, "now"):
        with pytest.raises(OperationalError), writing(databases, "too late", "hasty"):
            pass
        with pytest.raises(OperationalError):
            writes_alone(databases, "too late, too", "hasty")
    assert not somebody_waits(databases)
    with writing(databases, "later", "hasty"):
        pass
    assert words(databases) == ["now", "later"]


def test_who_waited_leaves_no_cursor_to_whoever_collects_the_garbage(databases: ConnectionHandler) -> None:
    """To close it there one waits for its connection, which may wait for whoever collects."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        with ThreadPoolExecutor(1) as pool, writing(databases, "now"):
            waits = pool.submit(writes, databases, "later")
            wait_for_somebody(databases)
            time.sleep(0.01)
        waits.result()
        gc.collect()
        left = [each for each in gc.garbage if isinstance(each, sqlite3.Cursor)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not left


@pytest.mark.parametrize(("alias", "milliseconds"), [("default", 20_000), ("hasty", 50)])
def test_what_is_written_alone_waits_as_long_as_ever(databases, alias: str, milliseconds: int) -> None:
    with writing(databases, "now", alias):
        pass
    with databases[alias].cursor() as cursor:
        cursor.execute("pragma busy_timeout")
        assert cursor.fetchone() == (milliseconds,)


def test_it_knows_its_tables_after_it_has_looked_at_them(databases: ConnectionHandler) -> None:
    writes(databases, "now")
    statistics.renew(databases["default"])
    with databases["default"].cursor() as cursor:
        cursor.execute("select stat from sqlite_stat1 where tbl = 'words'")
        assert cursor.fetchall() == [("1",)]
