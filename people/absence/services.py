"""What changes an absence. Every function is one transaction."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.row_locks import delete_locked
from people.absence.notices import tell_away, tell_declined, tell_stand_in
from people.away import Absence, today
from people.models import User

BROUGHT_BACK = timedelta(days=1)  # how long what was withdrawn can be
KEPT = timedelta(days=60)  # after the last day


class Overlaps(Exception):
    """Somebody is away already on one of these days."""

    def __init__(self, other: Absence) -> None:
        super().__init__()
        self.other = other


@transaction.atomic
def save(absence: Absence) -> Absence:
    """Write an absence, new or changed. Whoever is new as a stand-in hears of it, and whoever counts on them."""
    before = _lock(absence)
    others = Absence.objects.filter(person=absence.person_id).exclude(pk=absence.pk)
    if met := others.meeting(absence.first, absence.last).order_by("first").first():
        raise Overlaps(met)
    absence.withdrawn = None
    absence.save()
    if absence.stand_in_id and (before is None or absence.stand_in_id != before.stand_in_id):
        tell_stand_in(absence)
    if before is None or (absence.first, absence.last) != (before.first, before.last):
        tell_away(absence)
    return absence


def _lock(absence: Absence) -> Absence | None:
    """Two absences of one person are written one after the other; how this one stood until now."""
    User.objects.select_for_update(of=("self",)).filter(pk=absence.person_id).first()
    return Absence.objects.filter(pk=absence.pk, withdrawn=None).first() if absence.pk else None


@transaction.atomic
def withdraw(absence: Absence) -> None:
    """They are there after all. It can be brought back for a day."""
    absence.withdrawn = timezone.now()
    absence.save(update_fields=["withdrawn"])


def bring_back(absence: Absence) -> Absence:
    """Undo the withdrawal, unless something else was said of these days meanwhile."""
    return save(absence)


@transaction.atomic
def come_back(absence: Absence, day: date | None = None) -> None:
    """They are back from ``day`` (today) on: an absence that began today never was."""
    last = (day or today()) - timedelta(days=1)
    if last < absence.first:
        withdraw(absence)
        return
    absence.last = last
    absence.save(update_fields=["last"])


@transaction.atomic
def decline(absence: Absence) -> None:
    """Whoever was named cannot stand in."""
    by, absence.stand_in = absence.stand_in, None
    absence.save(update_fields=["stand_in"])
    if by is not None:
        tell_declined(absence, by)


def forget() -> None:
    """Absences that were withdrawn a day ago, or that are over for two months, are gone."""
    delete_locked(Absence.objects.filter(withdrawn__lt=timezone.now() - BROUGHT_BACK))
    delete_locked(Absence.objects.filter(last__lt=today() - KEPT))
