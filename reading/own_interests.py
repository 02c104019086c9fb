"""What this room itself says of somebody's interests: what they saved, and what they read."""

from collections.abc import Iterable

from core.audiences import Viewer
from reading.interests import Since
from reading.models import Opened, Saved
from reading.retention import still_kept


def saved_by(person: Viewer) -> Iterable[tuple[str, Since]]:
    """What they put aside, the newest first."""
    return Saved.objects.filter(person=person.pk).values_list("key", "since")


def read_by(person: Viewer) -> Iterable[tuple[str, Since]]:
    """What they opened, the newest first."""
    return still_kept(Opened.objects.filter(person=person.pk)).values_list("key", "last")
