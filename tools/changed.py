"""``make test ARGS=--changed``: what is asked of a change before the whole suite is.

Each room that differs from ``main`` is asked whole, without what needs more than a database in memory. Of the tables
that all rooms share (``tests/test_*.py``) it takes the rows of these rooms, and the first cell of every other table
(``tests/tables.py``). It says nothing about rooms above: ``make test`` does.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub.rooms import ROOMS
from tools.places import ROOT
from tools.terminal import Trouble

FOLDERS = frozenset({"hub", *ROOMS, "tools", "benchmarks"})
DRAWN = frozenset({"templates", "static"})  # what is of no room there is the design's


def arguments() -> list[str]:
    """What pytest is to run. Trouble where nothing differs that has tests."""
    folders = sorted(set(folders_of(files())))
    if not folders:
        raise Trouble("No room differs from main, so that there is nothing to ask.")
    own = [f"tests/{folder}" for folder in folders if (ROOT / "tests" / folder).is_dir()]
    shared = sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "tests").glob("test_*.py"))
    return [*own, *shared, f"--rooms={','.join(folders)}"]


def files() -> list[str]:
    """The files that differ from where this branch left ``main``, those that git does not know yet included."""
    base = git("merge-base", "HEAD", "main") or git("merge-base", "HEAD", "origin/main") or "HEAD"
    return [*git("diff", "--name-only", base).splitlines(), *git("ls-files", "-o", "--exclude-standard").splitlines()]


def folders_of(changed: Iterable[str]) -> Iterator[str]:
    """The rooms, and what else has tests of its own, that these files belong to."""
    for file in changed:
        top, *below = Path(file).with_suffix("").parts
        if top in FOLDERS:
            yield top
        elif top == "tests":
            yield from FOLDERS.intersection(below[:2])
        elif top in DRAWN:
            yield from FOLDERS.intersection(below[:1]) or ("design",)


def git(*command: str) -> str:
    """What git says, empty where it refuses."""
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
