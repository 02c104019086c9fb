"""``make lint``'s question about strings: does no lower room name an upper one?

Imports are checked by ``tools.imports``. But a dotted path, an address, its name or a template is a string, and ties a
room to the one above it just as well. What a lower room needs from above it gets through a registry.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hub.rooms import LAYERS, ROOMS
from tools.places import ROOT
from tools.terminal import say, script

FOLDERS = {"components": "design", "account": "people", "allauth": "people"}
"""Folders of templates that bear another name than their room. Those at the top and Wagtail's belong to the project."""
MOUNTED = re.compile(r'path\("(\w+)/", include\("(\w+)\.')
QUOTE = re.compile("[\"']")


def main() -> int:
    """0 when no room names one that it may not know."""
    found = [*in_code(ROOT), *in_templates(ROOT)]
    for line in found:
        say(line)
    say(f"{len(found)} strings name a room above." if found else "No string names a room above.")
    return 1 if found else 0


def in_code(root: Path) -> Iterator[str]:
    """Every string of the rooms' Python that names a room above, as ``file:line: string``. Docstrings may explain."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            if "migrations" not in file.parts:
                for number, text in _strings(ast.parse(file.read_text(encoding="utf-8"))):
                    if names_a_room_above(room, text):
                        yield f"{file.relative_to(root)}:{number}: {text}"


def in_templates(root: Path) -> Iterator[str]:
    """The same for what stands between quotation marks in templates, one pair within another, too."""
    for file in sorted((root / "templates").rglob("*.*")):
        folder = file.relative_to(root / "templates").parts[0]
        room = FOLDERS.get(folder, folder)
        if room not in ROOMS:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for text in QUOTE.split(line):
                if names_a_room_above(room, text):
                    yield f"{file.relative_to(root)}:{number}: {text}"


def names_a_room_above(room: str, text: str) -> bool:
    """Whether ``text`` is a dotted path into a room that ``room`` may not know, or an address or template of it."""
    return bool(_forbidden(room).search(text))


@cache
def _forbidden(room: str) -> re.Pattern[str]:
    names = "|".join(unknown_to(room))
    closed = {step for step, of in addresses() if of in unknown_to(room)}
    closed -= {step for step, of in addresses() if of not in unknown_to(room)}  # rooms may share one, such as "account"
    steps = "|".join(sorted({*unknown_to(room), *closed}))
    return re.compile(
        rf"^(?:{names})[.:][\w.:-]+$|^(?:{names})/[\w/.-]+\.(?:html|txt|svg|xml|css|js)$|(?<![\w.])/(?:{steps})/"
    )


@cache
def unknown_to(room: str) -> tuple[str, ...]:
    """The rooms above ``room`` and beside it, and the project."""
    height = next(number for number, layer in enumerate(LAYERS) if room in layer)
    return ("hub", *(name for layer in LAYERS[: height + 1] for name in layer if name != room))


@cache
def addresses() -> tuple[tuple[str, str], ...]:
    """The first steps of addresses that bear another name than the room that answers them, each with its room."""
    found = MOUNTED.findall((ROOT / "hub" / "urls.py").read_text(encoding="utf-8"))
    return tuple((step, room) for step, room in found if step != room)


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    explaining = {
        id(line.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for line in node.body
        if isinstance(line, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value


if __name__ == "__main__":
    script(main)
