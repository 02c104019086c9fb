"""What is done inside the forum's Django: the talk is written, its pages are asked, and answers are written."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import django
from django.core.management import call_command

Order = Mapping[str, Any]


def fill(order: Order) -> dict[str, int]:
    """The same talk as the hub's: as many forums as communities, and the topics, posts and readers of the plan."""
    from benchmarks.talk.peer import filling  # noqa: PLC0415 (needs Django's setup)

    call_command("migrate", verbosity=0)
    return filling.fill(order["size"])


def measure(order: Order) -> list[dict[str, Any]]:
    """Each page cold and warm, and an answer."""
    from benchmarks.talk.peer import pages  # noqa: PLC0415 (likewise)

    return pages.measured(order["cold"], order["warm"])


WORK: dict[str, Callable[[Order], Any]] = {"fill": fill, "measure": measure}

if __name__ == "__main__":
    django.setup()
    json.dump(WORK[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
