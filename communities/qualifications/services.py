"""What changes an award. Each function is one transaction, writes the audit log and tells whom it concerns.

The communities in which its person holds a role are locked first, as wherever a right is used or taken away.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities.models import Award, Holding, Qualification
from communities.qualifications import notices
from communities.qualifications.permissions import verifiable_by
from communities.services.places import follow, lock_all
from core.editors import is_hub_team
from core.versions import changed_for
from people.models import User


class CannotAward(Exception):
    """It stands otherwise by now; the message says how."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody shows: words, a link or both, and the days on which it counts."""

    text: str
    awarded_on: date
    link: str = ""
    until: date | None = None


@transaction.atomic
def give(person: User, qualification: Qualification, evidence: Evidence) -> Award:
    """Give evidence of one's own, which others verify."""
    _lock(person)
    if Award.objects.waiting().filter(person=person, qualification=qualification).exists():
        raise CannotAward(
            _("You gave evidence of this already. It waits to be verified; take it back to give another.")
        )
    award = _new(person, qualification, evidence, by=person)
    award.save()
    _note(award, "award_given", person)
    notices.tell(notices.GIVEN, award, person)
    return award


@transaction.atomic
def record(person: User, qualification: Qualification, evidence: Evidence, by: User) -> Award:
    """The hub team writes down what it has seen, and so verifies it; of somebody else alone."""
    _lock(person)
    if not is_hub_team(by) or by.pk == person.pk:
        raise CannotAward(_("Nobody verifies their own. Give evidence, and somebody else looks at it."))
    waiting = Award.objects.waiting().filter(person=person, qualification=qualification)
    for other in list(waiting):  # what they gave themselves is answered with it
        _decide(other, by, _("The hub team recorded it itself."))
        other.save()
    award = _new(person, qualification, evidence, by)
    _decide(award, by)
    award.save()
    _effect(award, "award_verified", by)
    notices.tell(notices.ANSWERED, award, by)
    return award


@transaction.atomic
def verify(award: Award, by: User) -> Award:
    """Somebody else has looked at the evidence, and it counts from now on."""
    now = _undecided(award, by)
    _decide(now, by)
    now.save()
    _effect(now, "award_verified", by)
    notices.tell(notices.ANSWERED, now, by)
    return now


@transaction.atomic
def refuse(award: Award, by: User, reason: str) -> Award:
    """Say no to the evidence, and why."""
    now = _undecided(award, by)
    _decide(now, by, reason)
    now.save()
    _note(now, "award_refused", by)
    notices.tell(notices.ANSWERED, now, by)
    return now


@transaction.atomic
def withdraw(award: Award, by: User, reason: str) -> Award:
    """It counts no more from now on."""
    now = _read_anew(award, by)
    if not now.counts:
        raise CannotAward(_("It does not count any more. The page shows how it stands."))
    now.withdrawn_at, now.withdrawn_by, now.withdrawn_name = timezone.now(), by, by.name
    now.withdrawal = reason
    now.save()
    _effect(now, "award_withdrawn", by)
    notices.tell(notices.WITHDRAWN, now, by)
    return now


@transaction.atomic
def take_back(award: Award, by: User) -> None:
    """Its person takes evidence back that nobody has looked at yet."""
    _lock(award.person)
    now = Award.objects.waiting().select_for_update(of=("self",)).filter(pk=award.pk, person=by).first()
    if now is None:
        raise CannotAward(_("Somebody has answered it meanwhile. The page shows how it stands."))
    changed_for(notices.who_verifies(now))
    _note(now, "award_taken_back", by)
    now.delete()


# -- what they have in common ------------------------------------------------------------------------------------------
def _lock(person: User) -> None:
    """The person's account, so that evidence is given once; then the communities in which they hold roles."""
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).values_list("pk"))
    lock_all(Holding.objects.kept().filter(membership__person=person).values_list("membership__community", flat=True))


def _read_anew(award: Award, by: User) -> Award:
    """The award as it is now: the form that it comes from may be an hour old, and so may the right to answer it."""
    _lock(award.person)
    rows = verifiable_by(by).select_for_update(of=("self",)).select_related("person", "qualification")
    now: Award | None = rows.filter(pk=award.pk).first()
    if now is None:
        raise CannotAward(_("It is gone, or you may not verify it any more."))
    return now


def _undecided(award: Award, by: User) -> Award:
    now = _read_anew(award, by)
    if not now.is_waiting:
        raise CannotAward(_("%(person)s has answered it meanwhile.") % {"person": now.decided_name})
    return now


def _new(person: User, qualification: Qualification, evidence: Evidence, by: User) -> Award:
    return Award(
        person=person,
        qualification=qualification,
        evidence=evidence.text,
        link=evidence.link,
        awarded_on=evidence.awarded_on,
        until=evidence.until,
        recorded_by=by,
    )


def _decide(award: Award, by: User, refusal: str = "") -> None:
    award.decided_at, award.decided_by, award.decided_name, award.refusal = timezone.now(), by, by.name, refusal


def _note(award: Award, deed: str, by: User) -> None:
    """The audit log says what happened; the evidence stands in the award alone."""
    data = {
        "person": str(award.person),
        "qualification": str(award.qualification),
        "why": award.withdrawal or award.refusal,
    }
    log(instance=award, action=f"communities.{deed}", user=by, data=data)


def _effect(award: Award, deed: str, by: User) -> None:
    """Roles come or go with it, and search names who speaks for a community."""
    _note(award, deed, by)
    follow_roles(award)


def follow_roles(award: Award) -> None:
    held = Holding.objects.of_members().filter(
        membership__person=award.person_id, role__qualifications=award.qualification_id
    )
    for one in held.select_related("membership__person", "membership__community"):
        follow(one.membership)


@transaction.atomic
def see_to_ends() -> None:
    """What ends is told, and what has ended is followed. It may run as often as it likes, and twice at once."""
    for award in notices.tell_ends():
        follow_roles(award)
