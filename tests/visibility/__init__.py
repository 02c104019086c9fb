"""The table of who gets what at every address: one file a room, put together here.

``tests/test_visibility_matrix.py`` holds the hub to the table, and each answer to ``promises.py``: no private word, no
missing header. A new address gets its row in ``ADDRESSES`` of its room's file, and
a new page type in its ``PAGES``; ``world.py`` is the hub that all are asked in, and ``rows.py`` says what a row is.
"""

from importlib import import_module
from importlib.util import find_spec

from hub.rooms import ROOMS
from tests.visibility.rows import Row


def _of_all_rooms(name: str) -> dict[str, Row]:
    """The rows that every room keeps under ``name``; no address has two."""
    together: dict[str, Row] = {}
    for room in ("hub", *ROOMS):
        if find_spec(f"{__name__}.{room}"):
            rows = getattr(import_module(f"{__name__}.{room}"), name, {})
            assert not together.keys() & rows.keys()
            together |= rows
    return together


TABLE = _of_all_rooms("ADDRESSES")
PAGES = _of_all_rooms("PAGES")
ROWS = {**TABLE, **PAGES}
