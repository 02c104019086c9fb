"""``make setup``: the virtual environment, with everything in it that the hub needs (``--dev``: and its tests, too)."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python must get as far as this sentence)
    sys.exit(
        "Folkmoot needs Python 3.11 or newer; this is %d.%d. "  # noqa: UP031 (older Pythons must be able to say it)
        "Install a newer one (Debian, Ubuntu: apt install python3 python3-venv), or name it: make run PYTHON=python3.12"
        % sys.version_info[:2]
    )

from tools.environment import make_ready
from tools.terminal import say, script


def main() -> int:
    """Make the environment ready, and say so even where there was nothing to do."""
    make_ready(dev="--dev" in sys.argv)
    say("The virtual environment .venv is ready.")
    return 0


if __name__ == "__main__":
    script(main)
