"""What is marked as run is what coverage.py counts as a statement."""

from coverage.python import PythonParser

from tools.line_coverage import _marked, marks_of, with_marks

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


def test_each_statement_that_runs_marks_its_line():
    parser = PythonParser(text=SOURCE)
    parser.parse_source()
    try:
        exec(with_marks(SOURCE.encode(), "sample.py"), {"__name__": "sample"})
        ran = parser.first_lines(line for line, has_run in enumerate(marks_of("sample.py")) if has_run)
    finally:
        _marked.pop("sample.py")  # no file of the house
    assert ran == parser.statements
