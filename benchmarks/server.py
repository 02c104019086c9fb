"""The production server, one worker on one core."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.places import BENCH, HOST
from tools.places import ROOT
from tools.terminal import Trouble

PATIENCE = 60  # seconds to start


@contextmanager
def serve(application: str, folder: Path, environment: Mapping[str, str], workers: int = 1) -> Iterator[int]:
    """Granian with ``application``, on a free port, for as long as the block lasts."""
    port = free_port()
    where = ("--host", HOST, "--port", str(port))
    size = ("--workers", str(workers), "--blocking-threads", "8")  # as the guide for operators has it
    granian = ("-m", "granian", "--interface", "wsgi", *size, *where, application)
    with (BENCH / f"{application.partition('.')[0]}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.pinned", str(server_core()), *granian],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, process, log.name)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def server_core() -> int:
    """The core that the servers share; they are never asked at the same time."""
    return cores()[0]


def other_cores() -> set[int]:
    """Where the load comes from, so that it does not slow what it measures."""
    return set(cores()[1:]) or set(cores())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: str) -> None:
    """Return once the server accepts connections."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Trouble(f"The server did not start; what it said is in {log}.")
