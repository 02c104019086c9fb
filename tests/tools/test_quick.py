"""A quick run leaves no row and no column of a table out, and no test that stands alone."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from tests import quick


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> quick.Asked:
    monkeypatch.setattr(quick, "asked", quick.Asked(is_quick=True))
    return quick.asked


TABLES = {
    "square": list(product("abcd", range(4))),
    "wide": list(product("ab", range(13))),
    "three columns": list(product("abc", range(5), "xy")),
    "a list": [(letter,) for letter in "abcdef"],
    "a list of what goes together": list(zip("abcdef", range(6), strict=True)),
    "with gaps": [(letter, number) for letter, number in product("abcdef", range(5)) if (ord(letter) + number) % 3],
}


@pytest.mark.parametrize("name", TABLES)
def test_every_value_of_every_column_is_asked(name: str) -> None:
    cells = TABLES[name]
    kept = [cells[number] for number in quick.sample(cells)]
    assert [set(column) for column in zip(*kept, strict=True)] == [set(column) for column in zip(*cells, strict=True)]
    assert len(kept) == len(set(kept))


def test_of_a_table_without_gaps_it_asks_the_diagonal() -> None:
    assert len(list(quick.sample(TABLES["square"]))) == 4
    assert len(list(quick.sample(TABLES["wide"]))) == 13


@pytest.mark.parametrize(("columns", "every"), [(18, 6), (6, 6), (3, 6), (1, 6), (13, 4)])
def test_of_cells_in_a_loop_each_row_asks_one_and_some_rows_ask_every_column(
    asked: quick.Asked, columns: int, every: int
) -> None:
    rows = [quick.some(range(columns), every=every, turn=turn) for turn in range(every)]
    assert all(rows)
    assert set().union(*rows) == set(range(columns))
    assert asked.cells - asked.cells_left_out == sum(map(len, rows))


def test_in_every_other_run_it_asks_all_of_them(asked: quick.Asked) -> None:
    asked.is_quick = False
    assert quick.some(range(18), every=6, turn=1) == list(range(18))


def test_a_test_that_stands_alone_is_asked_and_what_needs_a_cluster_is_not(request: pytest.FixtureRequest) -> None:
    def item(name: str, **params: Any) -> pytest.Function:
        made = pytest.Function.from_parent(request.node.parent, name=name, callobj=lambda: None)
        if params:
            made.callspec = SimpleNamespace(params=params)
        return made

    there = [item("test_alone"), item("test_table[a]", it="a"), item("test_table[b]", it="b")]
    clustered = [item("test_engine[embedded]", engine="embedded"), item("test_engine[c]", engine="elasticsearch")]
    assert [one.name for one in quick.left_out([*there, *clustered])] == ["test_engine[c]"]
