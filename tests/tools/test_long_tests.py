"""The list of long tests says what a report says, and names no test that is gone."""

import ast
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools import long_tests
from tools.places import ROOT
from tools.terminal import Trouble

CASES = """<testsuite>
  <testcase classname="tests.core.test_one" name="test_alone" time="0.31" />
  <testcase classname="tests.core.test_one" name="test_wide[a]@tests/core/test_one.py" time="2.2" />
  <testcase classname="tests.core.test_one" name="test_wide[b]@tests/core/test_one.py" time="0.01" />
  <testcase classname="tests.core.test_one" name="test_wide[c]@tests/core/test_one.py" time="0.02" />
</testsuite>"""
"""Of the cells of one test the first makes what all share."""


TAKEN = {"tests/core/test_one.py::test_alone": [0.31], "tests/core/test_one.py::test_wide": [2.2, 0.01, 0.02]}


def test_all_cells_of_a_test_are_counted() -> None:
    assert long_tests.seconds_of(ET.fromstring(CASES).iter("testcase")) == TAKEN


@pytest.mark.parametrize(("room", "long"), [(2.6, set()), (2.5, {"alone"}), (2.0, {"alone", "wide"})])
def test_the_shortest_fit_in_and_a_test_takes_what_its_middle_cell_takes(room: float, long: set[str]) -> None:
    seconds = {"alone": 0.31, "wide": 0.02}
    assert long_tests.long_among(TAKEN, room) == {f"tests/core/test_one.py::test_{one}": seconds[one] for one in long}


def test_what_is_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_tests, "LONG_TESTS", tmp_path / "long.txt")
    long_tests.write({"tests/b.py::test_two": 0.131, "tests/a.py::test_one": 12.0})
    assert (tmp_path / "long.txt").read_text() == "12.00 tests/a.py::test_one\n0.13 tests/b.py::test_two\n"
    assert long_tests.read(tmp_path / "long.txt") == {"tests/a.py::test_one": 12.0, "tests/b.py::test_two": 0.13}


def test_a_report_of_some_files_only_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sqlite.xml").write_text(CASES)
    monkeypatch.setattr(long_tests, "REPORT", tmp_path / "sqlite.xml")
    before = long_tests.LONG_TESTS.read_bytes()
    with pytest.raises(Trouble, match="some files only"):
        long_tests.main()
    assert long_tests.LONG_TESTS.read_bytes() == before


def test_each_file_that_the_list_names_is_there_and_most_tests_are() -> None:
    """A test that was renamed is asked until the list is made anew. A list that is mostly of such tests is old."""
    listed = [name.split("::") for name in long_tests.read()]
    there = {file: _tests_of(ROOT / file) for file in {file for file, _test in listed}}
    gone = [(file, test) for file, test in listed if test not in there[file]]
    assert len(gone) < len(listed) / 10, "make long-tests after make test writes the list anew"


def _tests_of(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}
