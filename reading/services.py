"""What changes what is kept of somebody's reading. Every function is one transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audiences import Viewer
from core.outbox import emit
from core.row_locks import delete_locked
from reading.lookup import seen_by
from reading.models import Dismissed, Opened, Reader, Saved
from reading.retention import KEPT, UNWANTED, is_kept, may_be_kept, rights_of

MOST_SHOWN = 16
PICKS_WANTED = "reading.picks_wanted"  # its subject is a reader
AGAIN_AFTER = timedelta(minutes=10)  # before what was not found yet is asked for anew
Pick = dict[str, str]


class TooManySaved(Exception):
    """The shelf is full; the message says so."""


def _mine(person: Viewer) -> Reader:
    """The person's row, to ourselves until the transaction is over."""
    reader, _made = Reader.objects.select_for_update().get_or_create(person_id=person.pk)
    return reader


# -- saving ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def save(person: Viewer, key: str) -> None:
    """Put a thing aside. Twice is once. Raises ``TooManySaved`` where the shelf is full."""
    reader, mine = _mine(person), Saved.objects.filter(person=person.pk)
    if not mine.filter(key=key).exists():
        if mine.count() >= Saved.MOST:
            said = _("You have saved %(most)s things. Take some off your list first.") % {"most": Saved.MOST}
            raise TooManySaved(said)
        Saved.objects.create(person_id=person.pk, key=key)
    _look_again(reader)


@transaction.atomic
def unsave(person: Viewer, key: str) -> None:
    """Take a thing off the list, and nothing is shown because of it any longer."""
    reader = _mine(person)
    Saved.objects.filter(person=person.pk, key=key).delete()
    _drop(reader, lambda pick: pick["why"] == "saved" and pick["of"] == key)
    _look_again(reader)


@transaction.atomic
def unsave_gone(person: Viewer) -> None:
    """Take off the list whatever is gone or no longer for them."""
    reader, mine = _mine(person), Saved.objects.filter(person=person.pk)
    keys = list(mine.values_list("key", flat=True))
    mine.filter(key__in=set(keys).difference(seen_by(person, keys))).delete()
    _look_again(reader)


# -- reading -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def opened(person: Viewer, key: str) -> None:
    """Note that somebody opened a thing, where this is kept of them."""
    reader = _mine(person)
    if not is_kept(reader):
        return
    counted = Opened.objects.filter(person=person.pk, key=key).update(times=F("times") + 1, last=timezone.now())
    if not counted:
        Opened.objects.create(person_id=person.pk, key=key)
        _keep_the_newest(Opened, person)
    if any(pick["key"] == key for pick in reader.picks):
        _show_anew(reader)


def _keep_the_newest(kind: type[Opened | Dismissed], person: Viewer) -> None:
    too_many = kind.objects.filter(person=person.pk).values_list("pk", flat=True)[kind.MOST :]
    kind.objects.filter(pk__in=list(too_many)).delete()


@transaction.atomic
def tidy() -> None:
    """Remove what is too old, and what is no longer kept since somebody changed the hub's setting."""
    delete_locked(Opened.objects.filter(last__lt=timezone.now() - KEPT))
    delete_locked(Dismissed.objects.filter(since__lt=timezone.now() - UNWANTED))
    if settings.READING_HISTORY != "on":
        wanted = Reader.objects.filter(keeps=True) if may_be_kept() else Reader.objects.none()
        delete_locked(Opened.objects.exclude(person__in=wanted.values("person")))


@transaction.atomic
def forget(person: Viewer, key: str) -> None:
    """Remove one thing from what somebody read."""
    reader = _mine(person)
    Opened.objects.filter(person=person.pk, key=key).delete()
    _drop(reader, lambda pick: pick["why"] == "read" and pick["of"] == key)
    _look_again(reader)


@transaction.atomic
def clear(person: Viewer) -> None:
    """Remove all that somebody read, and whatever is shown because of it."""
    reader = _mine(person)
    Opened.objects.filter(person=person.pk).delete()
    _drop(reader, lambda pick: pick["why"] == "read")
    _look_again(reader)


@transaction.atomic
def keep_history(person: Viewer, *, on: bool) -> None:
    """Keep what somebody reads from now on, or stop at once and remove what there is."""
    reader = _mine(person)
    reader.keeps = on
    reader.save(update_fields=["keeps"])
    if not on:
        clear(person)


# -- what is put before them -------------------------------------------------------------------------------------------
@transaction.atomic
def dismiss(person: Viewer, key: str) -> None:
    """Show a thing no more, for a year."""
    reader = _mine(person)
    Dismissed.objects.bulk_create([Dismissed(person_id=person.pk, key=key)], ignore_conflicts=True)
    _keep_the_newest(Dismissed, person)
    _show_anew(reader)


@transaction.atomic
def restore(person: Viewer, key: str) -> None:
    """Take a “not this” back: it stands where it stood, unless something was found without it meanwhile."""
    _take_back(person, Dismissed.objects.filter(person=person.pk, key=key))


@transaction.atomic
def restore_all(person: Viewer) -> None:
    """Take every “not this” back, each as if it were the only one."""
    _take_back(person, Dismissed.objects.filter(person=person.pk))


def _take_back(person: Viewer, dismissed: QuerySet[Dismissed]) -> None:
    reader = _mine(person)
    keys = set(dismissed.values_list("key", flat=True))
    dismissed.delete()
    if keys <= {pick["key"] for pick in reader.picks}:
        _show_anew(reader)
    else:
        _look_again(reader)


def _drop(reader: Reader, unwanted: Callable[[Pick], bool]) -> None:
    reader.picks = [pick for pick in reader.picks if not unwanted(pick)]


def _look_again(reader: Reader) -> None:
    """What there is stays until something newer is found; the front page asks for that."""
    reader.changed, reader.asked = timezone.now(), None
    _show_anew(reader)


def _show_anew(reader: Reader) -> None:
    reader.stamp += 1
    reader.save(update_fields=["picks", "changed", "asked", "stamp"])


def is_asked_for(reader: Reader) -> bool:
    """Whether somebody was sent to look just now, so that nobody needs to ask for it."""
    return reader.asked is not None and reader.asked >= timezone.now() - AGAIN_AFTER


@transaction.atomic
def ask_for_picks(person: Viewer, today: date) -> bool:
    """Have something found for today, where it is missing; whether it was asked for.

    ``asked`` is no claim: the outbox sees to it that one worker looks. It only keeps everybody who opens the front page
    until something is found from writing an event of their own.
    """
    reader, _made = Reader.objects.get_or_create(person_id=person.pk)
    missing = Q(day=None) | Q(day__lt=today) | Q(changed__isnull=False) | ~Q(rights=rights_of(person))
    nobody = Q(asked=None) | Q(asked__lt=timezone.now() - AGAIN_AFTER)
    if not Reader.objects.filter(missing, nobody, pk=reader.pk).update(asked=timezone.now()):
        return False
    emit(PICKS_WANTED, reader)
    return True


def note_shown(reader: Reader, keys: list[str]) -> None:
    """Keep what stood on the page, so that tomorrow something else may stand there."""
    shown = list(dict.fromkeys([*(reader.shown or ()), *keys]))[-MOST_SHOWN:]
    if shown != reader.shown:
        Reader.objects.filter(pk=reader.pk).update(shown=shown)


@transaction.atomic
def keep_picks(reader: Reader, picks: list[Pick], rights: str) -> None:
    """Keep what was found, unless the person changed something meanwhile: then it is to be found anew."""
    today = timezone.localdate()
    changes: dict[str, Any] = {"picks": picks, "day": today, "rights": rights, "changed": None}
    if reader.day != today:
        changes |= {"before": F("shown"), "shown": []}
    Reader.objects.filter(pk=reader.pk, stamp=reader.stamp).update(stamp=F("stamp") + 1, **changes)
    Reader.objects.filter(pk=reader.pk).update(asked=None)
