"""What makes and changes the dates of a pattern. Every function is one transaction, with the surgery's row locked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from communities.choices import Capability
from communities.rights import require
from core.writing.merging import fingerprint
from people.models import User
from surgeries import changes
from surgeries.models import LeftOut, Pattern, Session, SessionMentor, Status, SurgeryPage
from surgeries.series.plan import DateFate, Plan, PlannedDate, plan_of, product
from surgeries.services import cancel, restore

FIELDS = ("starts", "ends", "place", "online_url", "capacity", "note", "title", "summary")
"""What the form of a date holds."""
SEEN = (*FIELDS, "status")


class DatesChangedMeanwhile(Exception):
    """The dates are no longer those that were shown."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@dataclass(frozen=True, slots=True)
class ChosenDates:
    """What was ticked on the list of dates, and why dates are given up."""

    days: Collection[date]
    follow: Collection[int] = ()
    reason: str = ""


def lock(surgery: SurgeryPage) -> None:
    """Whoever changes the dates of one surgery at once does it one after another."""
    SurgeryPage.objects.select_for_update(of=("self",), no_key=True).get(pk=surgery.pk)


@transaction.atomic
def set_pattern(pattern: Pattern, choice: ChosenDates, seen: str, by: User) -> Pattern:
    """Keep ``pattern``, new or changed, and make its dates as they were shown and chosen."""
    surgery = pattern.surgery
    require(by, Capability.SURGERIES, surgery)
    lock(surgery)
    before = Pattern.objects.filter(key=pattern.key).select_related("surgery").first()
    if before is not None and pattern.pk is None:
        return before  # the form was sent twice
    plan = plan_of(pattern, before)
    if plan.seen != seen:
        raise DatesChangedMeanwhile(plan)
    pattern.made_until = plan.last
    pattern.save()
    for row in plan.rows:
        _apply(_followed(row, plan, choice), pattern, choice)
    data = {"pattern": str(pattern), "before": str(before) if before else ""}
    log(instance=surgery, action="surgeries.pattern", user=by, data=data)
    if before is not None:
        changes.tell_pattern_changed(surgery, by)
    return pattern


def _followed(row: PlannedDate, plan: Plan, choice: ChosenDates) -> PlannedDate:
    """A kept date that follows the pattern all the same; a new one in whose place another is moved is not made."""
    follows = [one for one in plan.follow if one.session and one.session.pk in choice.follow]
    if any(one.to is row for one in follows):
        return PlannedDate(row.day, row.starts, row.ends, DateFate.SAME)
    if row in follows and row.follows:
        to = row.to or row
        return PlannedDate(to.day, to.starts, to.ends, row.follows, row.session)
    return row


def _apply(row: PlannedDate, pattern: Pattern, choice: ChosenDates) -> None:
    if row.fate is DateFate.NEW:
        if row.day in choice.days:
            make(pattern, row.day)
        else:
            LeftOut.objects.get_or_create(pattern=pattern, date=row.day, defaults={"why": row.why or row.closed})
    elif row.session and row.fate in (DateFate.CHANGED, DateFate.MOVED, DateFate.BACK):
        _follow(row.session, pattern, row.day)
    elif row.session and row.fate is DateFate.DROPPED:
        _withdraw(row.session, choice.reason)


def make(pattern: Pattern, day: date) -> Session:
    """A session of that day. Whoever helps at the latest date of the pattern helps here."""
    LeftOut.objects.filter(pattern=pattern, date=day).delete()
    latest = Session.objects.filter(pattern=pattern, status=Status.SCHEDULED).order_by("-pattern_date").first()
    session = Session(surgery=pattern.surgery, pattern=pattern, pattern_date=day, **product(pattern, day))
    session.save()
    if latest is not None:
        here = SessionMentor.objects.filter(session=latest, person__in=User.objects.here())
        SessionMentor.objects.bulk_create(
            SessionMentor(session=session, person_id=link.person_id, sort_order=link.sort_order) for link in here
        )
    return session


def _follow(session: Session, pattern: Pattern, day: date) -> None:
    said = {**product(pattern, day), "pattern_date": day, "status": Status.SCHEDULED, "withdrawn": False}
    if session.is_withdrawn:
        said["note"] = ""
    _save(session, said)


def _withdraw(session: Session, reason: str) -> None:
    """It stays in the schedule and in calendars, so that nobody goes there. What readers never saw goes."""
    if not session.surgery.live and session.surgery.first_published_at is None:
        session.delete()
    else:
        _save(session, {"status": Status.CANCELLED, "note": reason, "withdrawn": True})


def _save(session: Session, said: dict[str, object]) -> None:
    for name, value in said.items():
        setattr(session, name, value)
    session.is_told = session.mentor_links.exists()  # the stewards hear of all of it once
    session.save(update_fields=list(said))


@transaction.atomic
def hold_after_all(left_out: LeftOut, by: User) -> Session | None:
    """Make the session of a day that was left out; None where it is there already."""
    pattern = left_out.pattern
    require(by, Capability.SURGERIES, pattern.surgery)
    lock(pattern.surgery)
    there = Session.objects.filter(pattern=pattern, pattern_date=left_out.date)
    if there.exists() or not LeftOut.objects.filter(pk=left_out.pk).exists():
        return None
    log(instance=pattern.surgery, action="surgeries.date", user=by, data={"date": str(left_out.date)})
    return make(pattern, left_out.date)


class ChangedMeanwhile(Exception):
    """Somebody else changed the date since the form was opened, or it is over."""


@transaction.atomic
def add_date(session: Session, by: User) -> Session:
    """One date that no pattern gave."""
    require(by, Capability.SURGERIES, session.surgery)
    lock(session.surgery)
    session.save()
    _log(session, by)
    return session


@transaction.atomic
def change_date(session: Session, seen: str, by: User) -> None:
    """Keep what ``by`` changed of a date. Those who help there are told where it concerns the way or the hour."""
    _begin(session, seen, by)
    session.save(update_fields=FIELDS)
    _log(session, by)


@transaction.atomic
def cancel_date(session: Session, why: str, by: User) -> None:
    _begin(session, "", by)
    cancel(session, why)
    _log(session, by)


@transaction.atomic
def restore_date(session: Session, by: User) -> None:
    """It takes place after all."""
    _begin(session, "", by)
    restore(session)
    _log(session, by)


def _begin(session: Session, seen: str, by: User) -> None:
    require(by, Capability.SURGERIES, session.surgery)
    lock(session.surgery)
    row = Session.objects.filter(pk=session.pk).first()
    if row is None or row.ends <= timezone.now() or (seen and seen != seen_of(row)):
        raise ChangedMeanwhile


def _log(session: Session, by: User) -> None:
    data = {"date": str(session), "status": session.status, "note": session.note}
    log(instance=session.surgery, action="surgeries.date", user=by, data=data)


def seen_of(session: Session) -> str:
    """What a form keeps of the date that it was filled with."""
    return fingerprint({name: str(getattr(session, name)) for name in SEEN})
