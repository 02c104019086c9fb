"""SQLite as the hub has it: whoever writes waits in a queue, in threads and processes, and it knows its tables."""

import fcntl
import gc
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import ConnectionHandler, OperationalError

from core.databases import statistics
from core.databases.sqlite3.base import LATE

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


def queue_of(databases: ConnectionHandler) -> str:
    return f"{databases['default'].settings_dict['NAME']}-queue"


def somebody_waits(databases: ConnectionHandler) -> bool:
    """Whether the queue has a first one."""
    with Path(queue_of(databases)).open() as queue:
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


PROCESS = """
import sqlite3, sys, time
from core.databases.sqlite3.base import QueueOfWriters
path, where = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None)
def stand():
    print("there", flush=True)
    time.sleep(60)
def begin():
    connection.execute("begin immediate")
QueueOfWriters(path, 20).wait(connection, stand if where == "turn" else begin)
stand()
"""


@pytest.fixture
def process(databases: ConnectionHandler) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """``process("turn")`` is one that stands in its turn, ``process("transaction")`` one that has begun to write."""
    begun = []

    def begin(where: str) -> subprocess.Popen[str]:
        path = databases["default"].settings_dict["NAME"]
        begun.append(subprocess.Popen([sys.executable, "-c", PROCESS, path, where], stdout=subprocess.PIPE, text=True))
        assert begun[-1].stdout.readline() == "there\n"
        return begun[-1]

    yield begin
    for each in begun:
        each.kill()
        each.communicate()


@pytest.mark.parametrize("where", ["turn", "transaction"])
def test_others_go_on_at_once_where_a_process_is_killed(databases, process, where: str) -> None:
    stands = process(where)
    with ThreadPoolExecutor(PEOPLE) as pool:
        waits = [pool.submit(writes, databases, str(n)) for n in range(PEOPLE)]
        wait_for_somebody(databases)
        began = time.monotonic()
        stands.kill()
        for each in waits:
            each.result()
    assert time.monotonic() - began < OPTIONS["timeout"] / 2
    assert len(words(databases)) == PEOPLE


def test_others_write_without_their_turn_where_a_process_is_stopped_in_its_own(databases, process) -> None:
    stands = process("turn")
    stands.send_signal(signal.SIGSTOP)
    for each in range(PEOPLE):
        with writing(databases, str(each), "hasty"):
            pass
    late = [each for each in threading.enumerate() if each is LATE.get(queue_of(databases))]
    assert len(words(databases)) == PEOPLE
    assert len(late) == 1
    stands.kill()
    late[0].join(10)
    assert not somebody_waits(databases)
    writes(databases, "later")


def test_nobody_waits_for_ever_where_a_process_is_stopped_while_it_writes(databases, process) -> None:
    process("transaction").send_signal(signal.SIGSTOP)

    def is_refused(who: str) -> bool:
        with pytest.raises(OperationalError):
            writes_alone(databases, who, "hasty")
        return True

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert all(pool.map(is_refused, map(str, range(PEOPLE))))


@pytest.mark.parametrize(
    ("statement", "queues"),
    [
        ("insert into words values ('a')", True),
        ("with new as (select 'a') insert into words select * from new", True),
        ("\nWITH old AS (SELECT 'a')\nDELETE FROM words WHERE who IN old", True),
        ("with old as (select 'a') update words set who = 'b' where who in old", True),
        ("with some as (select replace(who, 'a', 'b') from words) select * from some", False),
        ("select 'insert into' from words", False),
    ],
)
def test_what_writes_waits_in_the_queue_whatever_it_begins_with(databases, statement: str, queues: bool) -> None:
    asked = []
    with databases["default"].cursor() as cursor:
        cursor.cursor.queue = SimpleNamespace(wait=lambda _connection, write: asked.append(write()))
        cursor.execute(statement)
    assert bool(asked) is queues


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
