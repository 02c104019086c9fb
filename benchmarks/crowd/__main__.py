"""``make load``: brings a crowd to a hub, and fails where the server did or where something was lost."""

import json
import os
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace

from benchmarks.crowd import report
from benchmarks.crowd.hub import FOLDER, Hub, hub
from benchmarks.crowd.people import Crowd
from tools.places import ROOT
from tools.terminal import say, script


def main() -> int:
    """0 where nothing failed and nothing was lost."""
    wishes = parsed()
    with hub(wishes.template) as served:
        found = prepared(served, wishes.people)
        crowd, watching = Crowd(served.port, found, wishes.seconds), Watcher(served, wishes.seconds, kill=wishes.kill)
        say(f"{len(found['sessions'])} people for {wishes.seconds:.0f} seconds…")
        watching.start()
        crowd.run()
        watching.join()
        report.show(crowd.answers, wishes.seconds, watching.memory)
        return verdict([*report.faults(crowd.answers, watching.kills), *lost(served)])


def parsed() -> Namespace:
    parser = ArgumentParser(prog="make load", description="Brings a crowd to the production server.")
    parser.add_argument("--people", type=int, default=int(os.environ.get("PEOPLE", "40")), help="how many at once")
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS", "60")), help="for how long")
    parser.add_argument("--kill", action="store_true", help="kill a worker and a web process in the middle of it")
    parser.add_argument(
        "--template", default="template0", help="a migrated database on PostgreSQL, to begin with a copy"
    )
    return parser.parse_args()


def prepared(served: Hub, people: int) -> dict[str, list[str]]:
    answer: dict[str, list[str]] = json.loads(inside(served, "prepare", str(people)))

    return answer


def inside(served: Hub, *arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.crowd.inside", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=served.environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


class Watcher(threading.Thread):
    """Measures the hub's memory each second, and kills what is to be killed."""

    def __init__(self, served: Hub, seconds: float, *, kill: bool) -> None:
        super().__init__(daemon=True)
        self.served, self.seconds = served, seconds
        self.memory, self.kills = 0.0, list[float]()
        self.plan = [(seconds / 3, served.kill_worker), (seconds / 2, served.kill_web)] if kill else []

    def run(self) -> None:
        began = time.monotonic()
        while (now := time.monotonic() - began) < self.seconds:
            self.memory = max(self.memory, self.served.memory())
            if self.plan and now > self.plan[0][0]:
                _when, kill = self.plan.pop(0)
                self.kills.append(time.monotonic())
                kill()
            time.sleep(1)


CHECKS = (("search", "check"), ("check_memberships",), ("check_audiences",))
"""What finds whatever was lost: the index, the counters and the tokens, each held against the rows it follows from."""


def lost(served: Hub) -> list[str]:
    """Once the queue is empty: where the index, a counter or a token differs from the rows."""
    left = int(inside(served, "wait"))
    found = [f"{left} things still wait in the queue of search."] if left else []
    found += inside(served, "count").splitlines()
    for check in CHECKS:
        command = [sys.executable, "manage.py", *check]
        done = subprocess.run(command, cwd=ROOT, env=served.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            found.append(f"{' '.join(check)}: {done.stdout}{done.stderr}")
    return found


def verdict(faults: list[str]) -> int:
    for fault in faults:
        say(f"  {fault}")
    say(f"FAILED; what the hub said is in {FOLDER / 'hub.log'}" if faults else "Nothing failed and nothing was lost.")
    return int(bool(faults))


if __name__ == "__main__":
    script(main)
