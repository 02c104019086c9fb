"""Asks the servers for pages, one request after another over open connections, and takes the time of each.

A process of its own, on another core than the servers. Reads targets as JSON and prints milliseconds as JSON.
"""

import json
import os
import sys
import time
from functools import cache
from http.client import HTTPConnection

from benchmarks.places import HOST
from benchmarks.server import other_cores
from benchmarks.targets import Target

WARM_UP = 20


def main() -> None:
    """Ask for every target in turn, again and again, so that a busy moment of the machine hits all of them alike."""
    order = json.load(sys.stdin)
    os.sched_setaffinity(0, other_cores())
    targets = [Target(**target) for target in order["targets"]]
    times: dict[str, list[float]] = {target.name: [] for target in targets}
    kept = {target.name: [0, 0] for target in targets}
    warm_up = order.get("warm_up", WARM_UP)
    for turn in range(warm_up + order["requests"]):
        for target in targets:
            taken, share = ask(target, turn)
            if turn >= warm_up:
                times[target.name].append(taken)
                kept[target.name] = [sum(pair) for pair in zip(kept[target.name], share, strict=True)]
    json.dump({"times": times, "kept": kept}, sys.stdout)


@cache
def connection(port: int) -> HTTPConnection:
    return HTTPConnection(HOST, port, timeout=30)


def ask(target: Target, turn: int) -> tuple[float, tuple[int, int]]:
    """Milliseconds until the whole answer was read, and how many fragments were kept, of how many. A wrong answer ends
    everything: its time would mean nothing.
    """
    start = time.perf_counter()
    connection(target.port).request("GET", target.at(turn), headers={"Cookie": target.cookie} if target.cookie else {})
    response = connection(target.port).getresponse()
    body = response.read()
    taken = (time.perf_counter() - start) * 1000
    if response.status != 200 or target.marker.encode() not in body:
        sys.exit(f"{target.name} ({target.at(turn)}) answered {response.status} without “{target.marker}”.")
    kept, _sign, asked = response.getheader("X-Kept", "0/0").partition("/")
    return taken, (int(kept), int(asked))


if __name__ == "__main__":
    main()
