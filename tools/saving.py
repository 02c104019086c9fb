"""``make lint``'s question about models: does saving change nothing but the row?

Wagtail saves drafts, notes and versions through ``save()``, and a cascade, an import or a bulk update goes past it.
What follows from a change is done by a service, or by a receiver of a signal. ``save()`` may send one, and no more.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from hub.rooms import ROOMS
from tools.places import ROOT
from tools.terminal import say, script

METHODS = ("save", "save_base")
DEEDS = frozenset(
    {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "enqueue", "on_commit", "delete"}
)
"""Methods that write another row, or put something in motion."""
ROOMS_OF_DEEDS = frozenset({"services", "tasks", "mail", "queue", "outbox", "versions", "search"})
"""Modules whose functions do so."""


def main() -> int:
    """0 when no ``save()`` has such an effect."""
    found = [line for room in ROOMS for line in in_room(ROOT, room)]
    for line in found:
        say(line)
    say(f"{len(found)} calls to move to a receiver." if found else "No save() changes more than its row.")
    return 1 if found else 0


def in_room(root: Path, room: str) -> Iterator[str]:
    """Every effect in a ``save()`` of a class of this room, as ``file:line: call``."""
    for file in sorted((root / room).rglob("*.py")):
        if "migrations" not in file.parts:
            for number, call in effects(file.read_text(encoding="utf-8")):
                yield f"{file.relative_to(root)}:{number}: {call}"


def effects(source: str) -> Iterator[tuple[int, str]]:
    """The calls in ``save()`` and in the methods of the same class that it calls which reach beyond the row."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
            for method in _called_by_saving(methods):
                for call in ast.walk(method):
                    if isinstance(call, ast.Call) and _is_deed(call.func):
                        yield call.lineno, ast.unparse(call.func)


def _called_by_saving(methods: dict[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    found: dict[str, ast.FunctionDef] = {}
    waiting = [name for name in METHODS if name in methods]
    while waiting:
        name = waiting.pop()
        found[name] = methods[name]
        own = {node.attr for node in ast.walk(methods[name]) if isinstance(node, ast.Attribute)}
        waiting += [called for called in own if called in methods and called not in found]
    return list(found.values())


def _is_deed(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute):
        return False
    on_module = isinstance(function.value, ast.Name) and function.value.id in ROOMS_OF_DEEDS
    return on_module or function.attr in DEEDS


if __name__ == "__main__":
    script(main)
