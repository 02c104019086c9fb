"""Where things are in a working copy of the hub."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"


def in_ci() -> bool:
    """Whether this is the machine that decides about a change: nothing may be left out there."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
