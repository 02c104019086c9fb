"""Makes what is measured: a hub full of people and pages, and a project as ``wagtail start`` leaves it.

Both are kept in var/bench from one run to the next; what is half-made is made again.
"""

import secrets
import shutil
from pathlib import Path

from benchmarks.places import BENCH, HOST, HUB, python
from tools.places import ROOT
from tools.terminal import say

BARE_FOLDER = BENCH / "bare"
BARE = {"DJANGO_SETTINGS_MODULE": "bare.settings.production", "PYTHONPATH": f"{BARE_FOLDER}:{ROOT}"}


def make_hub(size: str) -> None:
    """The hub with the demo of this size and its search index."""
    done = BENCH / f"hub-{size}.done"
    if not done.exists():
        for stale in (*BENCH.glob("hub*"), BENCH / "search"):
            remove(stale)
        say(f"Making a hub with the {size} demo. This happens once…")
        manage("migrate", "--verbosity", "0")
        manage("load_demo", "--no-index", "--size", size, "--seed", "1")
        manage("search", "rebuild")
        done.touch()
    manage("migrate", "--verbosity", "0")
    manage("collectstatic", "--no-input", "--clear", "--verbosity", "0")


def manage(*arguments: str) -> None:
    python("manage.py", *arguments, environment=HUB)


def make_bare() -> None:
    """A new Wagtail project with its welcome page, under its own production settings."""
    done = BENCH / "bare.done"
    if done.exists():
        return
    say("Making a bare Wagtail project…")
    remove(BARE_FOLDER)
    BARE_FOLDER.mkdir(parents=True)
    python("-m", "wagtail.bin.wagtail", "start", "bare", str(BARE_FOLDER), environment={})
    local = f'SECRET_KEY = "{secrets.token_urlsafe(50)}"\nALLOWED_HOSTS = ["{HOST}"]\n'
    (BARE_FOLDER / "bare" / "settings" / "local.py").write_text(local)
    for command in (("migrate",), ("collectstatic", "--no-input")):
        python("manage.py", *command, "--verbosity", "0", environment=BARE, cwd=str(BARE_FOLDER))
    done.touch()


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
