"""What changes who is here, and who looks after what they held. Every function is one transaction."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.leaving import notices
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext, doing
from accounts.leaving.models import Departure, HandedOver
from accounts.leaving.permissions import may_hand_over
from core.versions import changed_for
from people.handover import HANDOVERS, CannotGive, Handover, pk_of
from people.models import User
from people.permissions import ALONE, alone_in_running_the_hub

logger = logging.getLogger(__name__)
SETTLES_AFTER = timedelta(days=14)
"""After which what nobody was named for goes to those who look after it anyway."""


class CannotSwitchOff(Exception):
    """The account has to stay on; the message says why and what to do."""


@transaction.atomic
def plan(person: User, last_day: date | None, by: User | None) -> None:
    """Set somebody's last day, or take it back; they are told."""
    _lock(person)
    if last_day is not None:
        _refuse_the_last_of_the_hub_team(person)
    if person.leaves_on == last_day:
        return
    person.leaves_on = last_day
    person.save(update_fields=["leaves_on"])
    changed_for([person.pk])
    log(instance=person, action="accounts.leaving_planned", user=by, data={"last_day": str(last_day or "")})
    if last_day is not None:
        notices.tell_planned(person, by)


@transaction.atomic
def switch_off(person: User, deed: SwitchContext) -> None:
    """The account is off at once, and with it every session, place and name on the schedule.

    Raises ``CannotSwitchOff`` for the last one who runs the hub.
    """
    _lock(person)
    if not person.is_active or (
        deed.way == SwitchedBy.DATE and not person.is_over
    ):  # the day was put off at this moment
        return
    _refuse_the_last_of_the_hub_team(person)
    person.is_active = False
    with doing(deed):
        person.save(update_fields=["is_active"])


@transaction.atomic
def bring_back(person: User, deed: SwitchContext) -> None:
    """The account is on again, and what was paused and not given away goes on."""
    _lock(person)
    if person.is_active:
        return
    person.is_active = True
    if person.is_over:
        person.leaves_on = None
    with doing(deed):
        person.save(update_fields=["is_active", "leaves_on"])


@transaction.atomic
def give(person: User, what: str, key: str, to: User, by: User) -> None:
    """Give one thing to a named person, who is told. Raises ``CannotGive``, also where ``by`` sees to it no more."""
    by = User.objects.get(pk=by.pk)  # what they may is asked as it is now
    if not may_hand_over(by, User.objects.get(pk=person.pk)):
        raise CannotGive(_("You no longer see to what %(person)s hands over.") % {"person": person})
    kind = HANDOVERS.get(what)
    if kind is None or kind.give is None:
        raise CannotGive(_("This cannot be given to anybody."))
    _lock(to)
    if not to.is_active or to.is_over:
        raise CannotGive(_("%(person)s is not here any more. Choose somebody else.") % {"person": to})
    if to.pk == person.pk:
        raise CannotGive(_("It is theirs. Choose somebody else."))
    kind.give(person, pk_of(key), to, by)
    made = HandedOver.objects.create(of=person, what=what, key=key, to=to, by=by)
    log(instance=person, action="accounts.handed_over", user=by, data={"what": what, "key": key, "to": str(to)})
    notices.tell_given([made], by)


@transaction.atomic
def let_the_rest_go(person: User, by: User | None) -> int:
    """What is given to nobody is seen to by those who look after it with them, or else by the hub team; they are told.

    How many things that were. It stays where it is, so that whoever comes back has it again.
    """
    departure = Departure.objects.select_for_update(of=("self",)).filter(person=person, returned=None).first()
    if departure is None or departure.settled is not None:
        return 0
    departure.settled = timezone.now()
    departure.save(update_fields=["settled"])
    notices.settled([person])
    fallen = [
        HandedOver(of=person, what=given.name, key=key, to_id=heir, by=by, fell=True)
        for given in HANDOVERS.contributions()
        for key, heir in _fallen(person, given.value)
    ]
    notices.tell_given(HandedOver.objects.bulk_create(fallen), by)
    log(instance=person, action="accounts.hand_over_settled", user=by, data={"things": len(fallen)})
    return len({(one.what, one.key) for one in fallen})


def _fallen(person: User, kind: Handover) -> Iterable[tuple[str, int | None]]:
    """Each thing with each of those who look after it now."""
    if kind.give is None:
        return
    held = list(kind.held(person))
    heirs = kind.heirs([one.pk for one in held]) if kind.heirs and held else {}
    for one in held:
        others: list[int | None] = [heir for heir in heirs.get(one.pk, ()) if heir != person.pk]
        yield from ((one.key, heir) for heir in others or [None])


# -- when the time has come --------------------------------------------------------------------------------------------
def see_to_the_day() -> None:
    """Switch off whose last day is past, and let go what nobody saw to for a fortnight."""
    for person in User.objects.filter(is_active=True, leaves_on__lt=timezone.localdate()):
        try:
            switch_off(person, SwitchContext(SwitchedBy.DATE))
        except CannotSwitchOff:
            logger.warning("%s is the last who runs the hub, and stays on after their last day.", person.pk)
    since = timezone.now() - SETTLES_AFTER
    for departure in Departure.objects.filter(returned=None, settled=None, since__lt=since).select_related("person"):
        let_the_rest_go(departure.person, by=None)


def _lock(person: User) -> None:
    """Whoever switches an account locks it first; what it is now is read with it."""
    row = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk)
    person.is_active, person.leaves_on = row.values_list("is_active", "leaves_on").first() or (False, None)


def _refuse_the_last_of_the_hub_team(person: User) -> None:
    """Somebody has to be able to undo it."""
    if alone_in_running_the_hub([person]):
        raise CannotSwitchOff(str(ALONE))
