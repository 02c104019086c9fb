"""``python -m tools.long_lines``: refuses template lines that nobody can read. djlint measures only what it formats."""

from collections.abc import Iterator
from pathlib import Path

from tools.places import ROOT
from tools.terminal import Trouble, script

LIMIT = 160


def main() -> int:
    """Name every line over the limit, and fail when there is one."""
    found = list(long_lines(ROOT / "templates"))
    if found:
        raise Trouble("\n".join([f"Lines of more than {LIMIT} letters:", *found]))
    return 0


def long_lines(folder: Path) -> Iterator[str]:
    """The lines over the limit in the templates of ``folder``, as an editor opens them: ``file:line: letters``."""
    for template in sorted(folder.rglob("*.html")):
        for number, line in enumerate(template.read_text().splitlines(), start=1):
            if len(line) > LIMIT:
                yield f"{template.relative_to(folder.parent)}:{number}: {len(line)}"


if __name__ == "__main__":
    script(main)
