"""What this room itself says of somebody's interests: what they saved, and what they read."""

from collections.abc import Iterable
from typing import Any

from reading.interests import Since
from reading.models import Opened, Saved
from reading.retention import still_kept


def saved_by(person: Any) -> Iterable[tuple[str, Since]]:
    """What they put aside, the newest first."""
    return Saved.objects.filter(person=person).values_list("key", "since")


def read_by(person: Any) -> Iterable[tuple[str, Since]]:
    """What they opened, the newest first."""
    return still_kept(Opened.objects.filter(person=person)).values_list("key", "last")
