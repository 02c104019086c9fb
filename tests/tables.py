"""Of a table of many cells, a second database is asked the first one where the rest does not depend on the database.

Every cell runs on SQLite all the same.
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
