"""What changes a grant. Each function is one transaction, writes the audit log and says so to whom it concerns.

The community is locked first (``rights.require``), so that whoever uses a right at the moment at which it is withdrawn
comes either before it or too late.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.grants import log, notices
from communities.models import CommunityPage, Grant, Role
from communities.rights import NotAllowed, can, lock, require
from core.editors import is_hub_team
from core.versions import changed_for
from people.models import User


class CannotGrant(Exception):
    """It stands otherwise by now; the message says how."""


@dataclass(frozen=True, slots=True)
class GrantDecision:
    """Who in the organisation decided, when, and under which reference."""

    authority: str
    on: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What is granted: from when until when (the first moment without it), and under which conditions."""

    starts: datetime
    until: datetime | None = None
    conditions: str = ""


@transaction.atomic
def ask(
    community: CommunityPage, by: User, capability: str, purpose: str, *, asset: str = "", role: Role | None = None
) -> Grant:
    """A steward asks the organisation for something. Raises ``NotAllowed`` or ``CannotGrant``."""
    require(by, Capability.MANAGE_MEMBERS, community)
    what = {"community": community, "capability": capability, "asset": asset, "role": role}
    if Grant.objects.filter(**what, decided_at=None).exists():
        raise CannotGrant(_("This was asked for already, and is not decided yet."))
    grant: Grant = Grant.objects.create(
        **what,
        purpose=purpose,
        asked_at=timezone.now(),
        asked_by=by,
    )
    log.write(grant, log.ASKED, by, why=purpose)
    notices.tell(notices.ASKED, grant, by)
    return grant


@transaction.atomic
def take_back(asked: Grant, by: User) -> None:
    """A steward wants it no longer, and nobody has decided it: the request goes, and the log says that it was there."""
    require(by, Capability.MANAGE_MEMBERS, asked.community)
    now = Grant.objects.select_related("community", "role").filter(pk=asked.pk).first()
    if now is None or not now.is_asked:
        raise CannotGrant(_("Somebody has decided this meanwhile. The page shows how it stands now."))
    log.write(now, log.TAKEN_BACK, by)
    now.delete()
    changed_for(notices.hub_team())


@transaction.atomic
def give(
    community: CommunityPage,
    by: User,
    capability: str,
    decision: GrantDecision,
    terms: GrantTerms,
    *,
    asset: str = "",
    role: Role | None = None,
) -> Grant:
    """Grant what nobody on the hub has asked for: the organisation decided it elsewhere."""
    _only_the_hub_team(by, community)
    grant = Grant(community=community, capability=capability, asset=asset, role=role)
    return _granted(grant, by, decision, terms)


@transaction.atomic
def grant(asked: Grant, by: User, decision: GrantDecision, terms: GrantTerms) -> Grant:
    """Grant what was asked for."""
    return _granted(_undecided(asked, by), by, decision, terms)


@transaction.atomic
def refuse(asked: Grant, by: User, decision: GrantDecision, reason: str) -> Grant:
    """Say no to what was asked for, and why."""
    refused = _undecided(asked, by)
    _decide(refused, by, decision)
    refused.refusal = reason
    refused.save()
    log.write(refused, log.REFUSED, by, authority=refused.on_what_authority, why=reason)
    notices.tell(notices.DECIDED, refused, by)
    return refused


@transaction.atomic
def extend(given: Grant, by: User, decision: GrantDecision, until: datetime | None) -> Grant:
    """Let it go on for longer. What was decided first stays; the extension is in its history."""
    extended = _still_going(given, by)
    if extended.until is None or (until is not None and until <= extended.until):
        raise CannotGrant(_("It lasts as long as that already. Choose a later day."))
    extended.until = until
    extended.save(update_fields=["until"])
    log.write(extended, log.EXTENDED, by, authority=_in_one_line(decision))
    notices.tell(notices.EXTENDED, extended, by)
    return extended


@transaction.atomic
def withdraw(given: Grant, by: User, decision: GrantDecision, reason: str) -> Grant:
    """End it now, and say why."""
    withdrawn = _still_going(given, by)
    withdrawn.withdrawn_at, withdrawn.withdrawn_by, withdrawn.withdrawn_name = timezone.now(), by, by.name
    withdrawn.withdrawal = reason
    withdrawn.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_name", "withdrawal"])
    log.write(withdrawn, log.WITHDRAWN, by, authority=_in_one_line(decision), why=reason)
    notices.tell(notices.WITHDRAWN, withdrawn, by)
    return withdrawn


# -- what they have in common ------------------------------------------------------------------------------------------
def _only_the_hub_team(by: User, community: CommunityPage) -> None:
    """The organisation grants, and the hub team writes down what it decided."""
    lock(community)
    if not is_hub_team(by):
        raise NotAllowed(can(by, Capability.MANAGE_MEMBERS, community))


def _read_anew(grant: Grant, by: User) -> Grant:
    """The grant as it is now, with its community locked: the form that it comes from may be an hour old."""
    _only_the_hub_team(by, grant.community)
    now: Grant | None = Grant.objects.select_related("community", "role").filter(pk=grant.pk).first()
    if now is None:
        raise CannotGrant(_("It is gone, with its community."))
    return now


def _undecided(grant: Grant, by: User) -> Grant:
    now = _read_anew(grant, by)
    if not now.is_asked:
        raise CannotGrant(_("Somebody has decided this meanwhile. The page shows how it stands now."))
    return now


def _still_going(grant: Grant, by: User) -> Grant:
    now = _read_anew(grant, by)
    if not now.can_be_ended:
        raise CannotGrant(_("It has ended meanwhile. The page shows how it stands now."))
    return now


def _granted(grant: Grant, by: User, decision: GrantDecision, terms: GrantTerms) -> Grant:
    _decide(grant, by, decision)
    grant.starts, grant.until, grant.conditions = terms.starts, terms.until, terms.conditions
    grant.save()
    log.write(grant, log.GRANTED, by, authority=grant.on_what_authority)
    notices.tell(notices.DECIDED, grant, by)
    return grant


def _decide(grant: Grant, by: User, decision: GrantDecision) -> None:
    grant.decided_at, grant.decided_by, grant.decided_name = timezone.now(), by, by.name
    grant.authority, grant.decided_on, grant.reference = decision.authority, decision.on, decision.reference


def _in_one_line(decision: GrantDecision) -> str:
    return Grant(authority=decision.authority, decided_on=decision.on, reference=decision.reference).on_what_authority
