"""What is marked as run is what coverage.py counts as a statement."""

from pathlib import Path
from types import CodeType

import pytest
from coverage.python import PythonParser

from tools import line_coverage
from tools.line_coverage import _marked, compiled, marks_of

SOURCE = '''"""What a module can hold."""
from functools import (
    cache,
)

class Box:
    """A docstring is not counted."""
    size: int
    kind = "box"

    @property
    def big(self):
        return (
            self.size
            > 2
        )

@cache
def told(value):
    "Another one."
    try:
        match value:
            case 0:
                raise ValueError
            case _:
                pass
    except ValueError as error:
        del error
        return "none"
    else:
        value += 1
    finally:
        value = value
    with open("/dev/null"):
        for each in range(2):
            if each:
                continue
            elif value:
                value = [it
                         for it in range(3)]
            else:
                value = 0
    return value

box = Box()
box.size = 3
assert box.big and told(0) == "none"
told(1), told(-1)
'''


@pytest.fixture(autouse=True)
def _kept_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(line_coverage, "COMPILED", tmp_path / "compiled")


@pytest.mark.parametrize("time", ["compiled anew", "kept"])
def test_each_statement_that_runs_marks_its_line(time: str) -> None:
    parser = PythonParser(text=SOURCE)
    parser.parse_source()
    if time == "kept":
        compiled(SOURCE.encode(), "sample.py")
        _marked.pop("sample.py")
    try:
        exec(compiled(SOURCE.encode(), "sample.py"), {"__name__": "sample"})
        ran = parser.first_lines(line for line, has_run in enumerate(marks_of("sample.py")) if has_run)
    finally:
        _marked.pop("sample.py")  # no file of the house
    assert ran == parser.statements


def test_what_changed_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before, made = line_coverage.with_marks, []

    def counted(source: bytes, path: str) -> CodeType:
        made.append(source)
        return before(source, path)

    monkeypatch.setattr(line_coverage, "with_marks", counted)
    try:
        for source in (b"a = 1", b"a = 1", b"a = 2", b"a = 1"):
            names: dict[str, int] = {}
            exec(compiled(source, "sample.py"), names)
            assert names["a"] == int(source[-1:])
    finally:
        _marked.pop("sample.py")
    assert made == [b"a = 1", b"a = 2", b"a = 1"]
