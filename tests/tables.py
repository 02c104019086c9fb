"""Of a table of many cells, the first ones tell as much as all of them where the rest does not depend on the cell.

So it is with how a second database takes its queries, and with the lines that a table runs which looks at every page of
the house: its rooms' own tests have run them all. Every cell runs on SQLite all the same.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tools.selection import WHOLE_ON_POSTGRESQL

TESTS = Path(__file__).parent
ROOT = TESTS.parent


def further_cells(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Those that come after the first cell of their table."""
    seen: set[str] = set()
    for item in items:
        table = item.nodeid.partition("[")[0]
        if table in seen:
            yield item
        seen.add(table)


def measure_first_cells(items: Iterable[pytest.Item]) -> None:
    """Count no lines in further cells of the tables beside this file: that slows a test by two thirds, and the floor
    of coverage holds without them.
    """
    for item in further_cells(items):
        if item.path.parent == TESTS:
            item.add_marker("no_cover")


def asked_once(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The cells that a second database need not be asked."""
    return [item for item in further_cells(items) if not _whole(item)]


def _whole(item: pytest.Item) -> bool:
    path = item.path.relative_to(ROOT).as_posix()
    return path in WHOLE_ON_POSTGRESQL or item.get_closest_marker("postgresql") is not None


def built_once(items: Iterable[pytest.Item]) -> None:
    """Tests of a module that share the world run in one process, so that it is built once."""
    for item in items:
        if item.path.parent == TESTS and "world" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
