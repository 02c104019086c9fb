"""What changes a surgery or one of its sessions. Every function is one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.log_actions import log

from people.models import User
from surgeries.models import Session, SessionMentor, Status, SurgeryPage


@transaction.atomic
def follow_series(pks: Iterable[int]) -> None:
    """After these series changed: their sessions are seen by those who may see them."""
    of_the_series = SurgeryPage.objects.filter(pk=OuterRef("surgery_id")).values("audience_token")
    Session.objects.filter(surgery__in=list(pks)).update(audience_token=Subquery(of_the_series))


@transaction.atomic
def announce_series(surgery: SurgeryPage) -> None:
    """Let calendars take over the series' new title or place, for the dates to come."""
    announce(Session.objects.filter(surgery=surgery))


@transaction.atomic
def announce(sessions: QuerySet[Session]) -> None:
    """Count up what calendars know of those of ``sessions`` that are not over (RFC 5545, 3.8.7.4)."""
    sessions.filter(ends__gte=timezone.now()).update(sequence=F("sequence") + 1, changed=timezone.now())


@transaction.atomic
def cancel(session: Session, note: str = "") -> None:
    """Call a session off. It stays in the schedule and in calendars, so that nobody goes there."""
    session.status, session.note, session.withdrawn = Status.CANCELLED, note, False
    session.save(update_fields=["status", "note", "withdrawn"])


@transaction.atomic
def restore(session: Session) -> None:
    """Undo a cancellation."""
    session.status, session.note = Status.SCHEDULED, ""
    session.save(update_fields=["status", "note"])


@transaction.atomic
def replace_mentor(link: SessionMentor, to: User, by: User) -> None:
    """Let somebody else help at a session in a mentor's place; it is an entry in the log of its surgery."""
    session, before = link.session, link.person
    link.delete()
    SessionMentor.objects.get_or_create(session=session, person=to, defaults={"sort_order": link.sort_order})
    data = {"person": str(to), "before": str(before), "session": str(session)}
    log(instance=session.surgery, action="surgeries.handed_over", user=by, data=data)


@transaction.atomic
def move(session: Session, starts: datetime, place: str | None = None, note: str = "") -> None:
    """Give a session another time or place. It keeps its length, and says what it was moved from."""
    length = session.ends - session.starts
    session.starts, session.ends = starts, starts.astimezone(UTC) + length  # in UTC: a night may lack an hour
    session.place = session.place if place is None else place
    session.note = note
    session.save(update_fields=["starts", "ends", "place", "note"])
