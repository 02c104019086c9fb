"""What a second database is asked: what ``tools/selection.py`` names, what commits or runs at once, and of a table of
many cells the first one where the rest does not depend on the database.

Every cell of every table runs on SQLite all the same.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent import futures
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from tools.selection import ONCE_ON_POSTGRESQL, SLOW, WHOLE_ON_POSTGRESQL, may_run_on_postgresql

TESTS = Path(__file__).parent
ROOT = TESTS.parent
AT_ONCE = {"tests.racing", "tests.database", threading.__name__, futures.__name__, "concurrent.futures.thread"}
"""Whoever imports from one of these does several things at once, or asks several processes."""
COMMITS = {"transactional_db", "django_db_serialized_rollback"}


def not_asked(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that a second database need not be asked."""
    seen: set[str] = set()
    for item in items:
        table = item.nodeid.partition("[")[0]
        if not (_whole(item) or (_once(item) and table not in seen)):
            yield item
        seen.add(table)


def _whole(item: pytest.Item) -> bool:
    named = _place(item) in WHOLE_ON_POSTGRESQL or item.get_closest_marker("postgresql") is not None
    return named or _commits(item)


def _once(item: pytest.Item) -> bool:
    place = _place(item)
    named = place in ONCE_ON_POSTGRESQL or str(Path(place).parent) in ONCE_ON_POSTGRESQL
    return named or (_asks_a_database(item) and _runs_at_once(item.module))


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT).as_posix()


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or not COMMITS.isdisjoint(item.fixturenames)


def _asks_a_database(item: pytest.Item) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None


def _runs_at_once(module: ModuleType) -> bool:
    names = {getattr(it, "__module__", None) or getattr(it, "__name__", None) for it in vars(module).values()}
    return not AT_ONCE.isdisjoint(names | {it.__name__ for it in vars(module).values() if isinstance(it, ModuleType)})


def of_other_rooms(items: Iterable[pytest.Item], rooms: Iterable[str]) -> Iterator[pytest.Item]:
    """The tests of all rooms that say least about these: the rows of other rooms, and all cells but the first of other
    tables.
    """
    rows, seen = set(rows_of(rooms)), set()
    for item in items:
        table = item.nodeid.partition("[")[0]
        cell = getattr(item, "callspec", None)
        named = cell and cell.params.get("name")
        if item.path.parent == TESTS and named not in rows and table in seen:
            yield item
        seen.add(table)


def rows_of(rooms: Iterable[str]) -> Iterator[str]:
    """The addresses and page types of these rooms in the table of who may see what."""
    for room in rooms:
        if find_spec(f"tests.visibility.{room}"):
            table = vars(import_module(f"tests.visibility.{room}"))
            yield from (*table.get("ADDRESSES", ()), *table.get("PAGES", ()))


def out_of_sight(items: Sequence[pytest.Item]) -> list[str]:
    """The tests that the slow run or the one on PostgreSQL would not find, since they import some files only."""
    texts = {file: file.read_text() for file in {item.path for item in items}}
    slow = [item for item in items if item.get_closest_marker("slow") and SLOW not in texts[item.path]]
    not_there = {item.path for item in items if not may_run_on_postgresql(_place(item), texts[item.path])}
    forgotten = [item for item in items if item.path in not_there and (_whole(item) or _once(item))]
    return [item.nodeid for item in (*slow, *forgotten)]


def built_once(items: Iterable[pytest.Item]) -> None:
    """Tests that share what is built once for a module run in one process, so that no other one builds it, too."""
    for item in items:
        if _shares(item) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_place(item)))


def kept_together(items: Iterable[pytest.Item]) -> None:
    """The group stands at the end of a test's name, where pytest-xdist looks for it.

    It writes it there itself, but into an attribute that pytest has not looked at since 9.2, and then gives each test
    to whichever process is free (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """
    for item in items:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        if groups and item.parent:
            item._id = item.parent.id.child(f"{item.name}@{'_'.join(groups)}")
            assert item.nodeid.endswith(groups[-1]), "pytest has another way to name a test now"


def _shares(item: pytest.Item) -> bool:
    known = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
    return any(definitions[-1].scope == "module" for definitions in known)
