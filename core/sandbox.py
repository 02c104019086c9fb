"""Limits for a process that reads what somebody uploaded, and the environment it starts with. Imports no Django.

The limits guard against resource exhaustion, not code execution: see ``docs/decisions/0013-files-are-read-apart.md``.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

MB = 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent


def hold(memory: int, seconds: int) -> None:
    """Put this process under limits for good: it can write no file, and yields the processor to others."""
    os.nice(10)
    _at_most(resource.RLIMIT_AS, memory)
    _at_most(resource.RLIMIT_CPU, seconds)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_NOFILE, 64)


def surroundings() -> dict[str, str]:
    """Where Python finds the program, and nothing else: the hub's secrets are not handed on."""
    places = [str(ROOT), *filter(None, sys.path)]
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    return {"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1", **quiet}


def _at_most(kind: int, value: int) -> None:
    """Both the limit and how far it could be lifted again: nobody but the machine's administrator can, afterwards."""
    _soft, hard = resource.getrlimit(kind)
    lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError):  # not every system knows every limit; the clock on the wall holds on each
        resource.setrlimit(kind, (lower, lower))
