"""Whether what somebody reads is kept, and for how long."""

from datetime import timedelta
from hashlib import blake2b

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from core.audiences import Viewer, viewer_tokens
from reading.models import Opened, Reader

KEPT = timedelta(days=180)
UNWANTED = timedelta(days=365)  # how long “not this” holds


def may_be_kept() -> bool:
    """Whether this hub keeps what anybody reads."""
    return bool(settings.READING_HISTORY != "never")


def is_kept(reader: Reader | None) -> bool:
    """Whether what this person reads is kept: as they chose, or else as the hub does it."""
    if reader is None or reader.keeps is None:
        return bool(settings.READING_HISTORY == "on")
    return may_be_kept() and reader.keeps


def still_kept(rows: QuerySet[Opened]) -> QuerySet[Opened]:
    """Those that are not too old, also where nobody has come by to remove them."""
    return rows.filter(last__gte=timezone.now() - KEPT) if may_be_kept() else rows.none()


def rights_of(person: Viewer) -> str:
    """What ``person`` may see and belongs to, in few letters."""
    return blake2b(" ".join(sorted(viewer_tokens(person))).encode(), digest_size=12).hexdigest()
