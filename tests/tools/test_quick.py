"""A quick run leaves out what is long, and no row and no column of a table."""

import sys
from collections.abc import Callable, Mapping
from itertools import product
from types import SimpleNamespace

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


@pytest.fixture
def left_out(asked: quick.Asked, request: pytest.FixtureRequest) -> Callable[..., list[str]]:
    """What a quick run leaves out of tests of this file that are named so, with their columns."""

    def left_out(*names: str, long: Mapping[str, float] | None = None) -> list[str]:
        items = [_item(request.node.parent, name) for name in names]
        seconds = {f"tests/tools/test_quick.py::{name}": taken for name, taken in (long or {}).items()}
        return [item.name for item in quick.left_out(items, seconds)]

    return left_out


def _item(file: pytest.Module, name: str) -> pytest.Function:
    table, _, cell = name.rstrip("]").partition("[")
    made = pytest.Function.from_parent(file, name=name, callobj=lambda: None, originalname=table)
    if cell:
        made.callspec = SimpleNamespace(params=dict(enumerate(sys.intern(value) for value in cell.split("-"))))
    return made


def test_what_needs_a_cluster_is_left_out(left_out: Callable[..., list[str]]) -> None:
    assert left_out("test_engine[embedded]", "test_engine[elasticsearch]", "test_alone") == [
        "test_engine[elasticsearch]"
    ]


def test_of_a_table_of_several_columns_cells_are_left_out_and_of_a_list_none(
    left_out: Callable[..., list[str]], asked: quick.Asked
) -> None:
    assert left_out("test_list[a]", "test_list[b]", "test_it[a-x]", "test_it[a-y]", "test_it[b-x]", "test_it[b-y]") == [
        "test_it[a-y]",
        "test_it[b-x]",
    ]
    assert (asked.tests, asked.tests_left_out) == (6, 2)


def test_what_is_long_is_left_out_with_all_its_cells(left_out: Callable[..., list[str]], asked: quick.Asked) -> None:
    names = ["test_short", "test_long", "test_wide[a]", "test_wide[b]"]
    assert left_out(*names, long={"test_long": 0.2, "test_wide": 9.0}) == names[1:]
    assert (asked.tests, asked.tests_left_out) == (4, 3)


def test_of_a_file_in_which_all_are_long_the_shortest_is_asked(left_out: Callable[..., list[str]]) -> None:
    assert left_out("test_one", "test_two", "test_three", long={"test_one": 0.9, "test_two": 0.2, "test_three": 2}) == [
        "test_one",
        "test_three",
    ]
