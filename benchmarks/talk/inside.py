"""Runs inside the hub's Django, in a process of its own: ``python -m benchmarks.talk.inside fill < order.json``."""

import json
import sys

import django


def main() -> None:
    """One piece of work of ``benchmarks.talk.work``."""
    django.setup()
    from benchmarks.talk.work import WORK  # noqa: PLC0415 (its models need Django set up)

    json.dump(WORK[sys.argv[1]](json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
