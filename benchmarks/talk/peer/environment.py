"""The forum's own virtual environment, made once with what ``requirements.txt`` names."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.places import BENCH
from tools.terminal import Trouble, say

FOLDER = BENCH / "machina"
PYTHON = FOLDER / "bin" / "python"
WANTED = Path(__file__).with_name("requirements.txt")


def make_ready() -> None:
    """Leave behind an environment that holds what is wanted. Without a package index, say so and measure nothing."""
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text() == WANTED.read_text():
        return
    say("Installing django-machina, the forum to compare with, into var/bench/machina…")
    subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", WANTED],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(
            f"{done.stderr.strip()[-600:]}\n\nThe forum to compare with could not be installed: pip reached no package "
            "index. Nothing was compared. Leave --peer away, or try again with a network."
        )
    stamp.write_text(WANTED.read_text())


def settings(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment of its processes: the same database server as the hub's, or a file of its own."""
    named = environment["DATABASE_URL"]
    address = f"{named}_machina" if named.startswith("postgres") else f"sqlite:///{folder / 'forum.sqlite3'}"
    return {"DJANGO_SETTINGS_MODULE": "benchmarks.talk.peer.settings", "PEER_DATABASE": address}
