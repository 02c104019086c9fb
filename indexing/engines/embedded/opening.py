"""Opens index files, and turns whatever goes wrong with them into one failure."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexing.engines.base import OTHER_VERSION, EngineUnavailable
from indexing.engines.embedded.store import Store


def opened(path: Path) -> Store | None:
    """The store at ``path``, or None where it cannot be read."""
    with suppress(sqlite3.Error):
        store = Store(path)
        try:
            store.meta("version")
        except sqlite3.Error:
            store.close()
            raise
        return store
    return None


def ours(store: Store) -> Store:
    """The store, where this version of the hub made it."""
    if store.is_ours:
        return store
    store.close()
    raise EngineUnavailable(OTHER_VERSION)


@contextmanager
def trouble() -> Iterator[None]:
    """Whatever goes wrong with the files is one thing to whoever asks: the engine is away."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise EngineUnavailable(f"The search index cannot be used: {error}") from error
