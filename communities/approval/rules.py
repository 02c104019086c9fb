"""Which rule is in force in a community: what it chose, within what the organisation allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from communities.choices import Approval, Capability
from communities.models import CommunityPage
from communities.models.approval import ApprovalRule, ApprovalSettings
from communities.rights import require
from core.audiences import Viewer
from people.models import User

STRICTEST_FIRST = (Approval.ANOTHER, Approval.STEWARD, Approval.NOTHING)
_KNOWN = "_approval_rules"


class NotAllowedHere(Exception):
    """The organisation does not let communities choose this."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of every community. Few choose one, so that all of them are one query."""

    allowed: frozenset[Approval]
    chosen: Mapping[int, str]

    def of(self, community: int | None) -> Approval:
        """A choice that is no longer allowed gives way to the strictest that is."""
        if community is None:
            return Approval.NOTHING
        chosen = Approval(self.chosen.get(community, Approval.NOTHING))
        return chosen if chosen in self.allowed else self.strictest

    @property
    def strictest(self) -> Approval:
        return next(rule for rule in STRICTEST_FIRST if rule in self.allowed)

    @property
    def default(self) -> Approval:
        """Where a community chose nothing."""
        return Approval.NOTHING if Approval.NOTHING in self.allowed else self.strictest

    def are(self, rule: Approval, communities: Iterable[int | None]) -> bool:
        """Whether ``rule`` holds in one of these."""
        return any(self.of(community) is rule for community in communities)


def allowed() -> frozenset[Approval]:
    row = ApprovalSettings.objects.order_by("pk").first() or ApprovalSettings()
    return row.allowed or frozenset(Approval)


def rules() -> Rules:
    """As they are now."""
    return Rules(allowed(), dict(ApprovalRule.objects.values_list("community_id", "rule")))


def rules_for(person: Viewer) -> Rules:
    """The same, asked once per request."""
    known: Rules | None = person.__dict__.get(_KNOWN)
    if known is None:
        known = person.__dict__[_KNOWN] = rules()
    return known


def forget(person: Viewer) -> None:
    person.__dict__.pop(_KNOWN, None)


@transaction.atomic
def choose(community: CommunityPage, rule: Approval, by: User) -> None:
    """For stewards, and the hub team."""
    require(by, Capability.MANAGE_MEMBERS, community)
    now = rules()
    if rule not in now.allowed:
        raise NotAllowedHere
    if now.of(community.pk) is not rule or community.pk not in now.chosen:
        ApprovalRule.objects.update_or_create(community=community, defaults={"rule": rule})
        log(instance=community, action="communities.approval", user=by, data={"rule": rule})
