"""``make test ARGS=--quick``, for while one works: the short tests, and of each table that asks many cells a fixed
sample of them, spread so that no row and no column is missing. ``make test`` and CI ask them all.

Which tests are long is written down (``tools/long_tests.py``); of a file in which all are, the shortest is asked. A
table of tests, one for each cell, is cut by itself. One that a test asks in a loop names what is ``some`` of it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import pytest
from hypothesis import settings as hypothesis_settings

from tools import long_tests
from tools.places import ROOT

Cell = TypeVar("Cell")
CLUSTERS = {"elasticsearch", "elasticsearch-9"}  # as tests name them
EXAMPLES = 20  # that Hypothesis tries where it would try a hundred


@dataclass
class Asked:
    """How many cells there are, and how many of them this run asks."""

    is_quick: bool = False
    tests: int = 0
    tests_left_out: int = 0
    cells: int = 0  # those asked in a loop
    cells_left_out: int = 0


asked = Asked()


def some(cells: Iterable[Cell], *, every: int, turn: int = 0) -> list[Cell]:
    """The cells of one row: all of them, or in a quick run each so many-th, beginning with another one in each row
    (``turn``, its number), so that as many rows as ``every`` ask every column. One at least.
    """
    there = list(cells)
    if not asked.is_quick:
        return there
    every = min(every, len(there)) or 1
    taken = there[turn % every :: every]
    asked.cells += len(there)
    asked.cells_left_out += len(there) - len(taken)
    return taken


def left_out(items: Sequence[pytest.Item], long: Mapping[str, float]) -> Iterator[pytest.Item]:
    """What a quick run leaves out: what needs a cluster, what is ``long`` (seconds by name), and most cells of a table
    of several columns.
    """
    alone = [item for item in items if not _needs_a_cluster(item)]
    too_long = set(_too_long(map(_name, alone), long))
    tables = defaultdict(list)
    left = [item for item in alone if _name(item) in too_long]
    for item in alone:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec") and _name(item) not in too_long:
            tables[_name(item)].append(item)
    for cells in tables.values():
        kept = set(sample([tuple(map(id, cell.callspec.params.values())) for cell in cells]))
        left += [cell for number, cell in enumerate(cells) if number not in kept]
    asked.tests += len(items)
    asked.tests_left_out += len(left)
    yield from (item for item in items if _needs_a_cluster(item))
    yield from left


def _too_long(names: Iterable[str], long: Mapping[str, float]) -> Iterator[str]:
    """The long ones, but for the shortest of a file in which all are."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        files[name.partition("::")[0]].add(name)
    for there in files.values():
        _shortest, *others = sorted(there, key=lambda name: (long.get(name, 0), name))
        yield from (name for name in others if name in long)


def sample(cells: Sequence[Sequence[Hashable]]) -> Iterator[int]:
    """The numbers of those cells (what stands in each column) along the diagonal, and of as many more as it takes to
    have every value of every column once.
    """
    columns = [_numbered(column) for column in zip(*cells, strict=True)]
    sizes = [len(set(column)) for column in columns]
    longest = columns[sizes.index(max(sizes))]
    places = list(zip(*columns, strict=True))
    off = [
        any(at != row % size for at, size in zip(place, sizes, strict=True))
        for place, row in zip(places, longest, strict=True)
    ]
    seen: set[tuple[int, int]] = set()
    for number in sorted(range(len(places)), key=off.__getitem__):
        if not seen.issuperset(enumerate(places[number])):
            seen.update(enumerate(places[number]))
            yield number


def _numbered(column: Iterable[Hashable]) -> list[int]:
    known: dict[Hashable, int] = {}
    return [known.setdefault(value, len(known)) for value in column]


def _name(item: pytest.Item) -> str:
    """The test as it is listed, without its cell."""
    return f"{item.path.relative_to(ROOT).as_posix()}::{getattr(item, 'originalname', item.name)}"


def _needs_a_cluster(item: pytest.Item) -> bool:
    params: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    return "cluster_url" in getattr(item, "fixturenames", ()) or not CLUSTERS.isdisjoint(map(str, params.values()))


# -- how many they were, in all processes together ---------------------------------------------------------------------
def pytest_configure(config: pytest.Config) -> None:
    asked.is_quick = bool(config.getoption("--quick"))
    if asked.is_quick:
        hypothesis_settings.register_profile("quick", hypothesis_settings.default, max_examples=EXAMPLES)
        hypothesis_settings.load_profile("quick")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Last: a cell that this run leaves out for another reason stands for no row."""
    if asked.is_quick and (left := set(left_out(items, long_tests.read()))):
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["asked"] = asdict(asked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each process leaves out the same tests, and the cells of those that it ran."""
    theirs = Asked(**getattr(node, "workeroutput", {}).get("asked", {}))
    asked.tests, asked.tests_left_out = theirs.tests, theirs.tests_left_out
    asked.cells += theirs.cells
    asked.cells_left_out += theirs.cells_left_out


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if asked.is_quick and not hasattr(config, "workerinput"):
        terminalreporter.write_line(
            f"A quick run: {asked.tests_left_out} of {asked.tests} tests were left out, and of cells that tests ask in "
            f"a loop {asked.cells_left_out} of {asked.cells}; make test asks them all."
        )
