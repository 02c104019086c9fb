"""What changes a surgery or one of its sessions. Every function is one transaction."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from search import services as search
from surgeries.models import Session, Status, SurgeryPage


@transaction.atomic
def follow_series(surgery: SurgeryPage) -> None:
    """After the series was saved: its sessions are seen by those who may see it, and calendars hear that something
    changed.
    """
    sessions = Session.objects.filter(surgery=surgery)
    sessions.exclude(audience_token=surgery.audience_token).update(audience_token=surgery.audience_token)
    search.changed_queryset(Session, sessions)


@transaction.atomic
def cancel(session: Session, note: str = "") -> None:
    """Call a session off. It stays in the schedule and in calendars, so that nobody goes there."""
    session.status, session.note = Status.CANCELLED, note
    _announce(session, ["status", "note"])


@transaction.atomic
def restore(session: Session) -> None:
    """Undo a cancellation."""
    session.status, session.note = Status.SCHEDULED, ""
    _announce(session, ["status", "note"])


@transaction.atomic
def move(session: Session, starts: datetime, place: str | None = None, note: str = "") -> None:
    """Give a session another time or place. It keeps its length, and says what it was moved from."""
    length = session.ends - session.starts
    session.moved_from = session.moved_from or session.starts
    session.starts, session.ends = starts, starts.astimezone(UTC) + length  # in UTC: a night may lack an hour
    session.place = session.place if place is None else place
    session.note = note
    _announce(session, ["moved_from", "starts", "ends", "place", "note"])


def _announce(session: Session, fields: list[str]) -> None:
    """Save, and count the change up so that calendars take it over (RFC 5545, 3.8.7.4)."""
    session.sequence = F("sequence") + 1
    session.save(update_fields=[*fields, "sequence", "changed"])
    session.refresh_from_db(fields=["sequence"])
    search.changed(session)
