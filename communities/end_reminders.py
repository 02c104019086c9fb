"""What ends soon is told ahead, each step once, however often and however many at once look for it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

STEPS = (60, 30, 0)  # days before the last one
OVER = -1
"""It has ended: nobody is told once more, and what follows follows."""
LATEST = timedelta(days=14)  # what ended earlier is no news when the hub begins to tell of it


def horizon() -> tuple[date, date]:
    """The last days that are looked at: what ended a while ago, to what ends in two months."""
    today = timezone.localdate()
    return today - LATEST, today + timedelta(days=STEPS[0])


def days_left(last: date) -> int:
    """How many days follow today until the last one; below zero it is over."""
    return (last - timezone.localdate()).days


def step_of(last: date) -> int | None:
    """The step that is reached, such as 30 in the last month."""
    left = days_left(last)
    return next((step for step in reversed(STEPS) if left <= step), None)


def claim(told: type[models.Model], ending: Iterable[tuple[Any, date, int]]) -> Mapping[int, list[Any]]:
    """The things that this run tells of, by step: of two runs at once, whoever wrote the row tells.

    ``ending`` are things, each with its last day and the step that is reached.
    """
    wanted = {(thing.pk, last, step): thing for thing, last, step in ending}
    rows = told._default_manager.filter(thing__in={key[0] for key in wanted})
    known = set(rows.values_list("thing_id", "until", "days"))
    mine = uuid4()
    new = [
        told(thing_id=pk, until=last, days=step, claim=mine)
        for pk, last, step in wanted
        if (pk, last, step) not in known
    ]
    told._default_manager.bulk_create(new, ignore_conflicts=True)
    found: dict[int, list[Any]] = {}
    for key in told._default_manager.filter(claim=mine).values_list("thing_id", "until", "days"):
        found.setdefault(key[2], []).append(wanted[key])
    return found
