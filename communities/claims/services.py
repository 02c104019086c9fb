"""What changes a claim to know about something. Each function is one transaction and tells whom it concerns."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities.claims import notices
from communities.claims.permissions import answerable_by, to_ask
from communities.end_reminders import OVER, STEPS, claim as claim_ends, days_left, horizon, step_of
from communities.models import Claim, ClaimEvidence, CommunityPage, ToldClaimEnds
from communities.rights import lock
from core.models import Topic
from core.versions import changed_for
from people.models import User
from reading.interests import work_of
from search.lookup import now as things_now
from search.services import changed_queryset

HOLDS = timedelta(days=730)
"""How long a yes counts before somebody looks at it again."""
JUST_NOW = timedelta(minutes=10)
MOST_THINGS = 3
"""Each speaks for its person: more of them would only weigh more."""


class CannotClaim(Exception):
    """It stands otherwise by now; the message says how."""


@transaction.atomic
def ask(person: User, community: CommunityPage, topic: Topic, words: str, things: Collection[str]) -> Claim:
    """Ask to be named. ``things`` are keys of what ``person`` did themselves and may see; others are left out."""
    lock(community)
    if (community.pk, topic.pk) not in {(of.pk, row.tag_id) for of, rows in to_ask(person) for row in rows}:
        raise CannotClaim(_("You are no member of this community any more, or it is about something else by now."))
    already = Claim.objects.filter(person=person, community=community, topic=topic)
    same: Claim | None = already.waiting().filter(words=words.strip(), asked_at__gt=timezone.now() - JUST_NOW).first()
    if same is not None and {row.thing for row in same.shown.all()} - {""} == set(things):
        return same  # pressed twice
    if already.waiting().exists():
        raise CannotClaim(_("You have asked for this already. Take it back to ask with other evidence."))
    if already.counting().exists():
        raise CannotClaim(_("You are named for this already."))
    can_be_shown = things_now(set(things).intersection(work_of(person)), person)
    shown = [key for key in things if key in can_be_shown][:MOST_THINGS]
    if not (shown or words.strip()):
        raise CannotClaim(_("Choose something that you did, or say in words what shows it."))
    claim = Claim.objects.create(person=person, community=community, topic=topic, words=words.strip())
    rows = [ClaimEvidence(claim=claim, thing=key, thing_pk=int(key.partition(":")[2])) for key in shown]
    ClaimEvidence.objects.bulk_create([*rows, *([ClaimEvidence(claim=claim)] if claim.words else [])])
    notices.tell(notices.ASKED, claim, person)
    return claim


@transaction.atomic
def take_back(claim: Claim, by: User) -> None:
    """Whoever asked thinks better of it before anybody has answered."""
    lock(claim.community)
    found: Claim | None = Claim.objects.waiting().filter(pk=claim.pk, person=by).first()
    if found is None:
        raise CannotClaim(_("Somebody has answered it meanwhile. The page shows how it stands."))
    changed_for(notices.who_answers(found))
    found.delete()


@transaction.atomic
def answer(claim: Claim, by: User, reason: str, *, is_yes: bool) -> Claim:
    """Name them, or do not; either with a reason, which they read."""
    found = _read_anew(claim, by)
    if not found.is_waiting and (found.decided_by_id, found.reason, found.until is not None) == (by.pk, reason, is_yes):
        return found  # pressed twice
    if not found.is_waiting:
        raise CannotClaim(_("%(person)s has answered it meanwhile.") % {"person": found.decided_name})
    found.decided_at, found.decided_by, found.decided_name, found.reason = timezone.now(), by, by.name, reason
    found.until = _next_review() if is_yes else None
    found.save()
    _note(found, "named" if is_yes else "not_named", by)
    notices.tell(notices.ANSWERED, found, by)
    changed_for(notices.who_answers(found))
    _found_anew([found])
    return found


@transaction.atomic
def renew(claim: Claim, by: User) -> Claim:
    """Somebody looked at it again, and it still holds."""
    found = _read_anew(claim, by)
    if not found.can_be_renewed:
        raise CannotClaim(_("It was withdrawn meanwhile. They can ask again."))
    found.until = _next_review()
    found.save(update_fields=["until"])
    _note(found, "named_again", by)
    changed_for([found.person_id, *notices.who_answers(found)])
    _found_anew([found])
    return found


@transaction.atomic
def withdraw(claim: Claim, by: User, why: str = "") -> Claim:
    """It counts no more: its person wants that, or whoever answers such claims, and then says why."""
    found = _read_anew(claim, by)
    if found.withdrawn_by_id == by.pk:
        return found  # pressed twice
    if not found.can_be_renewed:
        raise CannotClaim(_("It does not count any more. The page shows how it stands."))
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_name, found.withdrawal = timezone.now(), by, by.name, why
    found.save()
    _note(found, "naming_withdrawn", by)
    notices.tell(notices.WITHDRAWN, found, by)
    _found_anew([found])
    return found


@transaction.atomic
def see_to_ends() -> None:
    """What is to be looked at again is told ahead, and what was not is evidence no more. Twice at once does no harm."""
    yes = Claim.objects.filter(until__range=horizon(), withdrawn_at=None, person__is_active=True)
    ending = [(one, last, step) for one in yes if (last := one.until) and (step := _step(last)) is not None]
    told = claim_ends(ToldClaimEnds, ending)
    for step in STEPS:
        if told.get(step):
            notices.tell_ends(told[step], step)
    _found_anew(told.get(OVER, []))


# -- what they have in common ------------------------------------------------------------------------------------------
def _read_anew(claim: Claim, by: User) -> Claim:
    """The claim as it is now, for its person and for those who may answer it now: the form may be an hour old."""
    lock(claim.community)
    rows = answerable_by(by) | Claim.objects.filter(person=by.pk)
    found: Claim | None = rows.filter(pk=claim.pk).for_listing().first()
    if found is None:
        raise CannotClaim(_("It is gone, or it is not yours to answer any more."))
    return found


def _step(last: date) -> int | None:
    return OVER if days_left(last) < 0 else step_of(last)


def _next_review() -> date:
    return timezone.localdate() + HOLDS


def _note(claim: Claim, deed: str, by: User) -> None:
    data = {"person": str(claim.person), "topic": claim.topic.name, "why": claim.withdrawal or claim.reason}
    log(instance=claim.community, action=f"communities.{deed}", user=by, data=data)


def _found_anew(claims: Iterable[Claim]) -> None:
    changed_queryset(ClaimEvidence, ClaimEvidence.objects.filter(claim__in=[claim.pk for claim in claims]))
