"""Where the benchmark keeps what it makes, and the environment in which the measured servers run."""

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping

from tools.places import ROOT, VAR
from tools.terminal import Trouble

BENCH = VAR / "bench"
BASELINE = ROOT / "benchmarks" / "baseline.json"
HOST = "127.0.0.1"

SECRET_KEY = secrets.token_urlsafe(50)


def hub_environment(size: str) -> dict[str, str]:
    """The production settings on plain HTTP, with a database, files and an index for this size of demo."""
    folder = BENCH / size
    return {
        "DJANGO_SETTINGS_MODULE": "hub.settings.production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "false",
        "DATABASE_URL": f"sqlite:///{folder / 'hub.sqlite3'}",
        "CACHE_URL": "locmemcache://",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "SEARCH_URL": f"sqlite:///{folder / 'search'}",
        "SEARCH_THREADS": "1",
        "SECOND_FACTOR_FOR": "",  # a crowd has no phones
        "LOG_LEVEL": "ERROR",
    }


def python(*arguments: str, environment: Mapping[str, str], cwd: str = str(ROOT)) -> None:
    """Run Python with ``environment`` laid over ours, and stop the benchmark when it fails."""
    command = [sys.executable, *arguments]
    if subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, check=False).returncode:
        said = " ".join(arguments)
        raise Trouble(f"“python {said}” failed; nothing was measured. To begin anew: make bench ARGS=--fresh")
