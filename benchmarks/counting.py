"""Counts what an answer takes, inside the application that gives it."""

from dataclasses import replace
from typing import Any

from benchmarks.targets import Target


def counted_by(client: Any, target: Target) -> Target:
    """``target`` with its queries and bytes, once everything that can be kept is warm."""
    from django.db import connection  # noqa: PLC0415 (needs Django set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (needs Django set up)

    for turn in range(2):
        client.get(target.at(turn))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(target.at(2))
    return replace(target, queries=len(queries), size=len(response.content))
