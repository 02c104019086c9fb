"""Has work done by modules of ours in processes of their own, since the driver knows no Django."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from os import environ
from pathlib import Path
from typing import Any

from benchmarks.load import WARM_UP
from benchmarks.targets import Target
from tools.places import ROOT
from tools.terminal import Trouble


def asked_inside(module: str, order: Mapping[str, Any], environment: Mapping[str, str], work: str) -> Any:
    """What a module of ours answers to an order, in a process of its own."""
    return json.loads(run(module, json.dumps(order), dict(environment), ROOT, work))


def counted(module: str, environment: dict[str, str], folder: Path) -> list[Target]:
    """The targets of one application, counted inside it."""
    return [Target(**target) for target in json.loads(run(module, "", environment, folder))]


def load(targets: Sequence[Target], requests: int, warm_up: int = WARM_UP) -> dict[str, list[float]]:
    """The milliseconds of every request, by the target's name."""
    return whole_load(targets, requests, warm_up)[0]


def whole_load(
    targets: Sequence[Target], requests: int, warm_up: int = WARM_UP
) -> tuple[dict[str, list[float]], dict[str, tuple[int, int]]]:
    """The same, and how many fragments of each target's page were kept, of how many."""
    order = {"requests": requests, "warm_up": warm_up, "targets": [asdict(target) for target in targets]}
    answer = json.loads(run("benchmarks.load", json.dumps(order), {}, ROOT))
    return answer["times"], {name: (kept, asked) for name, (kept, asked) in answer["kept"].items()}


@contextmanager
def beside(module: str, environment: Mapping[str, str]) -> Iterator[None]:
    """Within the block a module of ours runs in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env={**environ, **environment})
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def run(module: str, words: str, environment: dict[str, str], folder: Path, *arguments: str) -> str:
    """What a module of ours prints when it is run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**environ, **environment},
        input=words,
        stdout=subprocess.PIPE,
        stderr=None if arguments else subprocess.PIPE,  # what takes long shows its progress
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"{(done.stderr or '').strip()}\n\nNothing was measured.")
    return done.stdout
