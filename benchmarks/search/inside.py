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
    from benchmarks.search import suggestion_work  # noqa: PLC0415 (its models need Django set up)
    from benchmarks.search.work import WORK  # noqa: PLC0415 (its models need Django set up)

    work = {**WORK, "pages": suggestion_work.pages, "index": suggestion_work.index, "typing": suggestion_work.typing}
    json.dump(work[sys.argv[1]](json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
