"""Which lines of the house the tests run: a plugin of pytest, ``-p tools.line_coverage``.

On Python 3.11 coverage.py has the interpreter report every instruction of everything, Django's and Wagtail's too, which
slows a test by two thirds. Here the rooms' modules note their own lines instead: as a module is imported, each of its
statements is preceded by one that marks its line. Nothing else runs slower. What was marked is handed to coverage.py,
whose report and floor (``pyproject.toml``) are as ever. The compiled modules are kept, as Python keeps its own: to mark
them all takes each process eight seconds.
"""

import ast
import io
import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from coverage import Coverage, CoverageData

from hub.rooms import ROOMS
from tools.places import ROOT

MARKS = "__lines_run__"
FOLDER = ROOT / "var/cache/lines"
COMPILED = ROOT / "var/cache/compiled"
MEASURED = frozenset({"hub", *ROOMS})

_marked: dict[str, bytearray] = {}  # of each file, a byte for each line


class Marking(SourceFileLoader):
    """Loads a module whose statements mark their lines as they run."""

    def get_code(self, fullname: str) -> CodeType | None:
        """Asked by an import, and by ``runpy``, which runs a module in names of its own."""
        return compiled(self.get_data(self.path), self.path)


def compiled(source: bytes, path: str) -> CodeType:
    """The module with its marks. It is compiled anew where it, Python or what makes the marks is another one."""
    _marked.setdefault(path, bytearray(source.count(b"\n") + 2))
    state = blake2b(b"\0".join([_own_source(), sys.version.encode(), source]), digest_size=16).digest()
    file = COMPILED / blake2b(path.encode(), digest_size=16).hexdigest()
    kept = file.read_bytes() if file.exists() else b""
    if kept.startswith(state):
        code: CodeType = marshal.loads(kept[len(state) :])  # noqa: S302 (written below)
        return code
    code = with_marks(source, path)
    COMPILED.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_bytes(state + marshal.dumps(code))
    unfinished.rename(file)
    return code


@cache
def _own_source() -> bytes:
    return Path(__file__).read_bytes()


def marks_of(path: str) -> bytearray:
    """The marks of a file; a module begins by asking for its own."""
    return _marked[path]


class Finder(MetaPathFinder):
    """Has the rooms' modules loaded so."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in MEASURED or ".migrations" in fullname:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and type(spec.loader) is SourceFileLoader and spec.origin:
            spec.loader = Marking(fullname, spec.origin)
        return spec


def with_marks(source: bytes, path: str) -> CodeType:
    """The module, each of whose statements is preceded by one that marks its line."""
    tree = ast.parse(source, path)
    for node in list(ast.walk(tree)):
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list) and statements:
                setattr(node, name, list(_with_marks(statements)))
        if line := _heading(node):
            node.body.insert(0, _mark(line, node.body[0]))  # type: ignore[attr-defined]  # every node with a body
    tree.body.insert(_begins_with_docstring(tree.body), _asks_for_its_marks(path))
    code: CodeType = compile(tree, path, "exec", dont_inherit=True)
    return code


def _asks_for_its_marks(path: str) -> ast.stmt:
    asks = f"{MARKS} = __import__({__name__!r}, fromlist=['marks_of']).marks_of({path!r})"
    return ast.parse(asks).body[0]


def _begins_with_docstring(statements: Sequence[ast.stmt]) -> bool:
    first = statements[0] if statements else None
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)


def _with_marks(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    first = _begins_with_docstring(statements)
    if first:  # a docstring has to stay first; coverage.py does not count it
        yield statements[0]
    for statement in statements[first:]:
        yield from (_mark(line, statement) for line in _lines(statement))
        yield statement


def _heading(node: ast.AST) -> int:
    """The line of ``except`` or ``case``, which counts as a statement when its block is entered."""
    if isinstance(node, ast.ExceptHandler):
        return node.lineno
    return node.pattern.lineno if isinstance(node, ast.match_case) else 0


def _lines(statement: ast.stmt) -> list[int]:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return [*(it.lineno for it in decorators), statement.lineno]


def _mark(line: int, where: ast.stmt) -> ast.stmt:
    marks = ast.Name(MARKS, ast.Load())
    target = ast.Subscript(marks, ast.Constant(line), ast.Store())
    return ast.fix_missing_locations(ast.copy_location(ast.Assign([target], ast.Constant(1)), where))


def pytest_configure(config: pytest.Config) -> None:
    if _worker(config) == "main":
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.iterdir():
            old.unlink()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each process writes what it ran."""
    data = CoverageData(str(FOLDER / _worker(session.config)))
    data.add_lines({path: [line for line, ran in enumerate(marks) if ran] for path, marks in _marked.items()})
    data.write()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table, once all have written. Fewer lines than the floor fail the run."""
    if _worker(config) != "main":
        return
    coverage, table = Coverage(), io.StringIO()
    coverage.combine([str(file) for file in FOLDER.iterdir()])
    coverage.get_data().touch_files([str(file) for file in _files()])
    omit, floor = coverage.config.run_omit, coverage.config.fail_under
    share = coverage.report(skip_covered=True, omit=omit, file=table)
    terminalreporter.write(table.getvalue())
    if share < floor:
        terminalreporter.write_line(f"FAIL Required test coverage of {floor:g}% not reached: {share:.2f}%", red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _worker(config: pytest.Config) -> str:
    given: dict[str, str] = getattr(config, "workerinput", {})
    return given.get("workerid", "main")


def _files() -> Iterator[Path]:
    for room in sorted(MEASURED):
        yield from (ROOT / room).rglob("*.py")


sys.meta_path.insert(0, Finder())
