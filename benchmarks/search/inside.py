"""Runs inside the hub's Django, in a process of its own, because the driver knows no Django.

Reads an order as JSON, does what the first argument names, and prints what it measured as JSON. ``SEARCH_URL`` and
``DATABASE_URL`` say where.
"""

import json
import sys

import django


def main() -> None:
    """One piece of work of ``benchmarks.search.work``."""
    django.setup()
    from benchmarks.search.work import WORK  # noqa: PLC0415 (its models need Django set up)

    json.dump(WORK[sys.argv[1]](json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
