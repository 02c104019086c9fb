"""Runs inside the bare project's Django: counts the queries and bytes of its page. Prints JSON for the driver."""

import json
import sys
from dataclasses import asdict

import django

from benchmarks.counting import counted_by
from benchmarks.places import HOST
from benchmarks.targets import BARE, Target


def main() -> None:
    """Count the one page that there is."""
    django.setup()
    from django.test import Client  # noqa: PLC0415 (needs the setup above)

    page = Target(BARE, "/", "Welcome to your new Wagtail site!")
    json.dump([asdict(counted_by(Client(HTTP_HOST=HOST), page))], sys.stdout)


if __name__ == "__main__":
    main()
