"""What this room itself says of somebody's interests: what they saved, and what they read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from reading.interests import Since, register
from reading.models import Opened, Saved
from reading.retention import still_kept


@register("saved", _("Because you saved “%(title)s”"), order=50)
def saved_by(person: Any) -> Iterable[tuple[str, Since]]:
    """What they put aside, the newest first."""
    return Saved.objects.filter(person=person).values_list("key", "since")


@register("read", _("Because you read “%(title)s”"), order=60)
def read_by(person: Any) -> Iterable[tuple[str, Since]]:
    """What they opened, the newest first."""
    return still_kept(Opened.objects.filter(person=person)).values_list("key", "last")
