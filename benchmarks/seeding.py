"""Makes what is measured: a hub full of people and pages, and a project as ``wagtail start`` leaves it.

Both are kept in var/bench from one run to the next; what is half-made is made again.
"""

import secrets
import shutil
from functools import partial
from pathlib import Path

from benchmarks.places import BENCH, HOST, hub_environment, python
from tools.places import ROOT
from tools.terminal import say

BARE_FOLDER = BENCH / "bare"
BARE = {"DJANGO_SETTINGS_MODULE": "bare.settings.production", "PYTHONPATH": f"{BARE_FOLDER}:{ROOT}"}


def make_hub(size: str) -> dict[str, str]:
    """The hub with the demo of this size and its search index; returns the environment to serve it in."""
    folder, environment = BENCH / size, hub_environment(size)
    manage = partial(python, "manage.py", environment=environment)
    if not (folder / "loaded").exists():
        say(f"Making a hub with the {size} demo. This happens once…")
        remove(folder)
        folder.mkdir(parents=True)
        manage("migrate", "--verbosity", "0")
        manage("load_demo", "--in-production", "--no-index", "--size", size, "--seed", "1")
        (folder / "loaded").touch()
    manage("migrate", "--verbosity", "0")
    if not (folder / "indexed").exists():
        manage("search", "rebuild", environment={**environment, "SEARCH_THREADS": "0"})
        (folder / "indexed").touch()
    manage("collectstatic", "--no-input", "--clear", "--verbosity", "0")
    return environment


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
