"""What changes a delegation. Every function is one transaction."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.delegates import notices
from conversations.delegates.log import note
from conversations.models import Delegation
from conversations.models.delegates import LONGEST
from core.editors import is_hub_team
from core.row_locks import delete_locked
from core.versions import changed_for
from people.models import User

MOST = 5
"""Delegates of one person, and people for whom one person writes: each of them is asked about at a form."""
JUST_NOW = timedelta(minutes=10)
SOON = timedelta(days=14)
"""How long before the last day both are reminded."""


class CannotDelegate(Exception):
    """It cannot be done; the words say why and what to do."""


@transaction.atomic
def name(principal: User, delegate: User, since: date, until: date, *, announces: bool) -> Delegation:
    """Ask somebody to write for ``principal``. Nothing is written in their name before the other has accepted."""
    people = _locked(principal, delegate)
    if principal.pk == delegate.pk:
        raise CannotDelegate(_("Nobody is their own delegate. Name somebody else."))
    if len(people) < 2 or not all(may_take_part(each) for each in people):
        raise CannotDelegate(_("Only people who work here write for each other. Name somebody who does."))
    if not (since <= until <= timezone.localdate() + LONGEST) or until < timezone.localdate():
        raise CannotDelegate(_("Choose a last day within a year from today."))
    over = Delegation.objects.filter(principal=principal, delegate=delegate, ended=None, until__lt=timezone.localdate())
    over.update(ended=timezone.now())
    standing = Delegation.objects.standing()
    if (named := standing.filter(principal=principal, delegate=delegate).first()) is not None:
        return _pressed_twice(named, (since, until, announces))
    if standing.filter(principal=principal).count() >= MOST:
        raise CannotDelegate(_("You have named %(most)s people already. End one of these first.") % {"most": MOST})
    if standing.filter(delegate=delegate).count() >= MOST:
        said = {"person": delegate, "most": MOST}
        raise CannotDelegate(_("%(person)s was named by %(most)s people already. Name somebody else.") % said)
    made: Delegation = Delegation.objects.create(
        principal=principal, delegate=delegate, since=since, until=until, announces=announces
    )
    note("named", made, principal)
    notices.tell_asked(made)
    return made


def _pressed_twice(named: Delegation, terms: tuple[date, date, bool]) -> Delegation:
    """Whoever was named a moment ago on just these terms is named once; on others, it is another matter."""
    is_new = named.named > timezone.now() - JUST_NOW
    if is_new and (named.since, named.until, named.announces) == terms:
        return named
    raise CannotDelegate(_("You have named %(person)s already. End that first.") % {"person": named.delegate})


def may_take_part(person: User) -> bool:
    """Whether they may name somebody, or be named: people who work here. What is said in the name of somebody of the
    organisation is said by somebody for whom it answers.
    """
    return person.is_active and person.is_insider and not person.is_over


@transaction.atomic
def accept(delegation: Delegation, by: User) -> None:
    """Whoever was named agrees. Said twice, the first word counts."""
    row = _locked_row(delegation)
    if row.delegate_id != by.pk or not row.is_standing:
        raise CannotDelegate(_("You are not asked this any more."))
    if row.accepted:
        return
    row.accepted = timezone.now()
    row.save(update_fields=["accepted"])
    note("accepted", row, by)
    notices.tell_answered(row, by)
    _settled(row)


@transaction.atomic
def end(delegation: Delegation, by: User) -> None:
    """Either of the two ends it, or the hub team; from this moment nothing is written by it. Whoever was asked and has
    not accepted declines so.
    """
    row = _locked_row(delegation)
    if not (row.is_between(by.pk) or is_hub_team(by)):
        raise CannotDelegate(_("This is not yours to end."))
    if row.ended is not None:
        return
    is_declined = row.accepted is None and row.delegate_id == by.pk
    _end(row, by)
    note("declined" if is_declined else "ended", row, by)
    if is_declined:
        notices.tell_answered(row, by)
    elif row.accepted:
        notices.tell_ended(row, by)


@transaction.atomic
def end_all(people: Collection[int]) -> None:
    """Those whose accounts were switched off write for nobody, and nobody for them. Back again, they name anew."""
    gone = User.objects.filter(pk__in=people, is_active=False).values("pk")
    rows = Delegation.objects.filter(Q(principal__in=gone) | Q(delegate__in=gone), ended=None)
    for row in rows.select_for_update(of=("self",)).select_related("principal", "delegate").order_by("pk"):
        _end(row, None)
        note("ended", row, None)
        if row.accepted:
            notices.tell_ended(row, None)


@transaction.atomic
def remind() -> None:
    """Tell both of what ends soon, on its last day, and when that has passed, once each. What is short is known to
    both, and told at its end alone.
    """
    today = timezone.localdate()
    not_yet = Q(told_of_end=None) | Q(told_of_end__lt=F("until") - SOON) | Q(until=today, told_of_end__lt=today)
    due = Delegation.objects.in_force().filter(not_yet, until__lte=today + SOON, since__lt=F("until") - SOON)
    for row in due.select_for_update(of=("self",)).order_by("pk"):
        notices.tell_ending(row)
        Delegation.objects.filter(pk=row.pk).update(told_of_end=today)
    over = Delegation.objects.filter(ended=None, until__lt=today)
    for row in over.select_for_update(of=("self",)).select_related("principal", "delegate").order_by("pk"):
        _end(row, None)
        if row.accepted:
            note("ended", row, None)
            notices.tell_ended(row, None)


@transaction.atomic
def forget_old() -> None:
    """Delegations that ended a year ago. The audit log keeps that they were, and posts keep both names."""
    delete_locked(Delegation.objects.forgettable())


def _end(row: Delegation, by: User | None) -> None:
    row.ended, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended", "ended_by"])
    _settled(row)


def _settled(row: Delegation) -> None:
    """What is said of it in the inbox of either is another thing now."""
    changed_for([row.principal_id, row.delegate_id])


def _locked(*people: User) -> list[User]:
    """Both as they are now; two that are named at once are counted one after the other."""
    rows = User.objects.filter(pk__in=[person.pk for person in people])
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _locked_row(delegation: Delegation) -> Delegation:
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("principal", "delegate")
    row: Delegation | None = rows.filter(pk=delegation.pk).first()
    if row is None:
        raise CannotDelegate(_("It is not there any more."))
    return row
