"""Notes who left and who came back, by whatever way it was done."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.leaving import notices
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.models import Departure
from core.current_reader import reader
from people.models import User


@dataclass(frozen=True, slots=True)
class SwitchContext:
    """Who switches accounts off or on, and by which way; ``note`` is for the log."""

    way: SwitchedBy = SwitchedBy.OTHER
    by: User | None = None
    note: str = ""


_deed: ContextVar[SwitchContext | None] = ContextVar("who switches accounts off or on", default=None)


@contextmanager
def doing(deed: SwitchContext) -> Iterator[None]:
    """Whatever is switched off or on meanwhile is noted as ``deed``."""
    token = _deed.set(deed)
    try:
        yield
    finally:
        _deed.reset(token)


def _by_whoever_asked() -> SwitchContext:
    """Wagtail's form, Django's admin, a command: who sent the request, where there is one."""
    person = reader()
    return SwitchContext(by=person if isinstance(person, User) else None)


@transaction.atomic
def follow_presence(people: Collection[int]) -> None:
    """Accounts were switched off or on: what was open is closed, and what begins is noted."""
    deed = _deed.get() or _by_whoever_asked()
    accounts = User.objects.filter(pk__in=people)
    accounts.filter(is_active=True, leaves_on__lt=timezone.localdate()).update(leaves_on=None)  # back for good
    gone = [person for person in accounts if not person.is_active]
    back = [person for person in accounts if person.is_active]
    open_ones = Departure.objects.filter(returned=None)
    open_ones.filter(person__in=back).update(returned=timezone.now())
    noted = set(open_ones.filter(person__in=gone).values_list("person_id", flat=True))
    new = [Departure(person=person, by=deed.by, way=deed.way) for person in gone if person.pk not in noted]
    notices.tell_left(Departure.objects.bulk_create(new), deed.by)
    notices.tell_back(back, deed.by)
    notices.settled(accounts)
    for person in (*gone, *back):
        data = {"way": deed.way.value, "note": deed.note}
        log(instance=person, action=f"accounts.{'back' if person.is_active else 'left'}", user=deed.by, data=data)
