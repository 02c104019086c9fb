"""``make lint``'s question about classes: does each name belong to one class only?

Whoever searches for a name, or meets it in an import, a log or a review, should not have to ask which room it is of.
Names that Django gives by convention, one to a module, are excepted. So are classes within classes (``Meta``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub.rooms import ROOMS
from tools.places import ROOT
from tools.terminal import say, script

FOLDERS = ("hub", *ROOMS, "tools", "benchmarks")
CONVENTIONAL = {"Command"}
CLASS = re.compile(r"^class (\w+)", re.MULTILINE)


def main() -> int:
    """0 when no name is given twice."""
    found = list(shared(ROOT, FOLDERS))
    for line in found:
        say(line)
    say(f"{len(found)} names are of several classes. Rename them." if found else "No two classes share a name.")
    return 1 if found else 0


def shared(root: Path, folders: Iterable[str]) -> Iterator[str]:
    """Every name of several classes, as ``Name: file, file``."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for folder in folders:
        for file in sorted((root / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                for name in CLASS.findall(file.read_text(encoding="utf-8")):
                    files[name].append(str(file.relative_to(root)))
    for name, where in sorted(files.items()):
        if len(where) > 1 and name not in CONVENTIONAL:
            yield f"{name}: {', '.join(where)}"


if __name__ == "__main__":
    script(main)
