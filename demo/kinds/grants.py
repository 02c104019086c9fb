"""What the demo's communities were granted, and what they were not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.grants import log
from communities.models import FACILITATOR, Grant, Role
from core.days import midnight
from demo.cast import ADMINISTRATOR
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from people.models import User

HUB_TEAM = "Hub team"  # who wrote the decisions down, where the demo has no account for them


@dataclass(frozen=True, slots=True)
class Granted:
    """Days are counted from today. Without ``authority`` it is not decided, with ``refusal`` it was not granted."""

    community: str
    capability: str
    asset: str = ""
    role: str = ""  # else every member
    asked_by: str = ""
    asked_days_ago: int = 0
    purpose: str = ""
    authority: str = ""
    decided_days_ago: int = 0
    reference: str = ""
    starts_in: int = 0  # else from the day on which it was decided
    until_in: int = 0  # the last day; 0: no end
    conditions: str = ""
    refusal: str = ""
    withdrawn_days_ago: int = 0
    withdrawal: str = ""


class Grants(ContentKind[Granted, Grant]):
    name, word = "grants", "grant"
    counted = _("%(n)d grants")
    needs = ("people", "communities", "roles")
    shape = Granted
    longest = LONGEST | {"asset": 120, "authority": 160, "reference": 80, "purpose": 400, "conditions": 400}
    choices: ClassVar = {"capability": Capability.values}

    def key(self, row: Granted) -> str:
        return f"{row.community}: {row.capability} {row.asset} {row.decided_days_ago}"

    def names(self, row: Granted) -> Iterator[tuple[str, Iterable[str]]]:
        yield "roles", {row.role} - {"", FACILITATOR}
        yield "communities", (row.community,)
        yield "people", filter(None, (row.asked_by,))

    def check(self, row: Granted, content: Content) -> Faults:
        yield from in_the_past(self.key(row), (row.asked_days_ago, row.decided_days_ago, row.withdrawn_days_ago))
        if bool(row.asset) is not (row.capability == Capability.USE_ASSET):
            yield f"{self.key(row)}: an asset has a name, and nothing else has one."
        if not row.authority and not row.asked_by:
            yield f"{self.key(row)}: nobody asked for it and nobody decided it."

    def add(self, council: Council, row: Granted) -> Grant:
        grant = Grant(
            community=council[COMMUNITIES][row.community],
            capability=row.capability,
            asset=row.asset,
            role=Role.objects.get(slug=row.role) if row.role else None,
            purpose=row.purpose,
            asked_by=council[PEOPLE][row.asked_by] if row.asked_by else None,
            asked_at=council.moment(row.asked_days_ago) if row.asked_by else None,
        )
        if row.authority:
            _decide(grant, council, row)
        grant.save()
        _log(grant, row)
        return grant


def _decide(grant: Grant, council: Council, row: Granted) -> None:
    team = User.objects.filter(email=ADMINISTRATOR).first()
    grant.authority, grant.reference = row.authority, row.reference
    grant.decided_on, grant.decided_at = council.day(row.decided_days_ago), council.moment(row.decided_days_ago)
    grant.decided_by, grant.decided_name = team, team.name if team else HUB_TEAM
    grant.refusal = row.refusal
    if row.refusal:
        return
    grant.conditions = row.conditions
    grant.starts = midnight(council.day(-row.starts_in if row.starts_in else row.decided_days_ago))
    grant.until = midnight(council.day(-row.until_in) + timedelta(days=1)) if row.until_in else None
    if row.withdrawal:
        grant.withdrawn_at, grant.withdrawal = council.moment(row.withdrawn_days_ago), row.withdrawal
        grant.withdrawn_by, grant.withdrawn_name = team, grant.decided_name


def _log(grant: Grant, row: Granted) -> None:
    """What happened to it, on the days on which it did."""
    authority = grant.on_what_authority
    if grant.asked_at:
        log.write(grant, log.ASKED, grant.asked_by, why=row.purpose, at=grant.asked_at)
    if grant.decided_at:
        action = log.REFUSED if row.refusal else log.GRANTED
        log.write(grant, action, grant.decided_by, authority=authority, why=row.refusal, at=grant.decided_at)
    if grant.withdrawn_at:
        why = row.withdrawal
        log.write(grant, log.WITHDRAWN, grant.withdrawn_by, authority=authority, why=why, at=grant.withdrawn_at)


GRANTS = Grants()
