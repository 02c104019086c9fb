"""What changes the stay of somebody from outside. Every function is one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.notices import hub_team
from accounts.stays.days import in_half_a_year
from accounts.stays.models import OutsideStay
from core.outbox import emit
from core.versions import changed_for
from people.away import stand_ins_of
from people.choices import PersonKind
from people.models import User

REVIEW_DUE = "accounts.stay_due"


@dataclass(frozen=True, slots=True)
class StayTerms:
    """Why somebody is here, who answers for them, and when that is looked at again."""

    sponsor: User | None
    purpose: str
    review_on: date


@transaction.atomic
def begin(person: User, terms: StayTerms, by: User | None = None) -> OutsideStay:
    """Write down why ``person`` is here. Somebody who was here before begins anew."""
    values = {"sponsor": terms.sponsor, "purpose": terms.purpose, "review_on": terms.review_on, "ended": None}
    stay, _made = OutsideStay.objects.update_or_create(person=person, defaults=values)
    _log(stay, "begun", by)
    return stay


@transaction.atomic
def begin_without_terms(person: User, by: User | None = None) -> None:
    """The stay of somebody from outside of whom nobody said why they are here: the hub team answers, and looks at it
    again in half a year. Whoever has a stay keeps it.
    """
    if person.kind == PersonKind.STAFF or OutsideStay.objects.filter(person=person).exists():
        return
    words = _("Works for %(organisation)s") if person.organisation else _("Nobody has said yet")
    sponsor = by if by is not None and by.is_insider else None
    purpose = (words % {"organisation": person.organisation})[:200]
    begin(person, StayTerms(sponsor, purpose, in_half_a_year()), by)


@transaction.atomic
def extend(stay: OutsideStay, review_on: date, by: User, sponsor: User | None = None) -> None:
    """They stay, and somebody looks at it again on another day. ``sponsor`` answers for them from now on."""
    if _is_over(stay):
        return
    stay.review_on = review_on
    stay.sponsor = sponsor or stay.sponsor
    stay.save(update_fields=["review_on", "sponsor"])
    _settled(stay)
    _log(stay, "extended", by)


@transaction.atomic
def end(stay: OutsideStay, by: User) -> None:
    """They are here no more: their account is switched off, and what follows from that follows.

    Raises ``leaving.CannotSwitchOff`` for the last one who runs the hub.
    """
    if _is_over(stay):
        return
    stay.ended = timezone.localdate()
    stay.save(update_fields=["ended"])
    _settled(stay)
    _log(stay, "ended", by)
    leaving.switch_off(stay.person, SwitchContext(SwitchedBy.SCREEN, by))


@transaction.atomic
def go_on(people: Collection[int]) -> None:
    """Whoever from outside is back is here on the terms of before: somebody looks at that again on the day, or at once
    where it is past.
    """
    for stay in OutsideStay.objects.filter(person__in=people, person__is_active=True).exclude(ended=None):
        stay.ended = stay.asked_for = None
        stay.save(update_fields=["ended", "asked_for"])


@transaction.atomic
def ask_for_reviews() -> None:
    """Tell whoever answers for people from outside whose day is near: once for each day."""
    due = OutsideStay.objects.due().filter(Q(asked_for=None) | ~Q(asked_for=F("review_on")))
    waiting = list(due.select_for_update(of=("self",)))
    emit(REVIEW_DUE, waiting)
    for stay in waiting:
        OutsideStay.objects.filter(pk=stay.pk).update(asked_for=stay.review_on)


def _settled(stay: OutsideStay) -> None:
    """It waits for nobody any more: neither the sponsor, nor whoever stands in for them, nor the hub team."""
    sponsor = [stay.sponsor_id] if stay.sponsor_id else []
    changed_for([*sponsor, *stand_ins_of(sponsor), *hub_team()])


def read_anew(stay: OutsideStay) -> None:
    """What the stay is now, with the account locked first, as whoever switches one off does: the page may be old. One
    that is gone has ended.
    """
    User.objects.select_for_update(of=("self",), no_key=True).filter(pk=stay.person_id).first()
    now = OutsideStay.objects.select_related("sponsor").filter(pk=stay.pk).first()
    stay.ended = now.ended if now else timezone.localdate()
    stay.sponsor = now.sponsor if now else None


def _is_over(stay: OutsideStay) -> bool:
    """Whether somebody was quicker to end it."""
    read_anew(stay)
    return stay.ended is not None


def _log(stay: OutsideStay, deed: str, by: User | None) -> None:
    data = {"sponsor": str(stay.sponsor or ""), "purpose": stay.purpose, "review": stay.review_on.isoformat()}
    log(instance=stay.person, action=f"accounts.stay_{deed}", user=by, data=data)
