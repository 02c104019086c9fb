"""One question, asked by page, view and service alike: may this person join, and if not, why?"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from communities.models import CommunityPage, Joining, Membership, Stage, State
from communities.permissions import has_facilitator
from core.audiences import Viewer, may_see


class JoinOutcome(models.TextChoices):
    """What becomes of somebody who wants to join. The label is what the button says, or why there is none."""

    JOIN = "join", _("Join")
    ASK = "ask", _("Ask to join")
    WAIT = "wait", _("Wait for a place")
    ACCEPT = "accept", _("Answer the invitation")
    SIGN_IN = "sign-in", _("Sign in to join.")
    HIDDEN = "hidden", _("There is no such community.")
    MEMBER = "member", _("You are a member already.")
    ASKED = "asked", _("You have asked already.")
    WAITING = "waiting", _("You are on the waiting list already.")
    AWAY = "away", _("This account is switched off. Ask the hub team.")
    PROPOSED = "proposed", _("This community is only proposed. It takes members when it has begun.")
    PAUSED = "paused", _("This community is paused and takes no new members. Come back when it goes on.")
    CLOSED = "closed", _("This community is closed and takes no new members.")
    INVITATION = "invitation", _("You can join this community by invitation only.")


WAYS_IN = frozenset({JoinOutcome.JOIN, JoinOutcome.ASK, JoinOutcome.WAIT, JoinOutcome.ACCEPT})
STANDING = {
    State.ACTIVE: JoinOutcome.MEMBER,
    State.ASKED: JoinOutcome.ASKED,
    State.WAITING: JoinOutcome.WAITING,
    State.PAUSED: JoinOutcome.AWAY,
}
STAGES = {Stage.PROPOSED: JoinOutcome.PROPOSED, Stage.PAUSED: JoinOutcome.PAUSED, Stage.CLOSED: JoinOutcome.CLOSED}
RESTING = frozenset({Stage.PAUSED, Stage.CLOSED})
"""Stages in which nobody is let in, whoever asks for it."""


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """The answer."""

    entry: JoinOutcome
    community: CommunityPage

    @property
    def is_allowed(self) -> bool:
        return self.entry in WAYS_IN

    @property
    def is_told(self) -> bool:
        """Whether the community's page says why there is no way in; the rest stands there already."""
        return self.entry in {JoinOutcome.PROPOSED, JoinOutcome.PAUSED, JoinOutcome.CLOSED, JoinOutcome.INVITATION}

    @property
    def label(self) -> str:
        return str(self.entry.label)

    @property
    def reason(self) -> str:
        """Why not, and what to do."""
        if self.entry is not JoinOutcome.INVITATION:
            return self.label
        known = has_facilitator(self.community)
        whom = gettext("Speak to one of its facilitators.") if known else gettext("Speak to the hub team.")
        return f"{self.label} {whom}"


def may_join(person: Viewer, community: CommunityPage) -> JoinDecision:
    """May ``person`` join ``community``, and if not, why? Two queries at most."""
    last = Membership.objects.last_of(person, community)
    return decide(person, community, last if last is not None and last.state != State.ENDED else None, last)


def decide(
    person: Viewer, community: CommunityPage, membership: Membership | None, last: Membership | None = None
) -> JoinDecision:
    """The same, where the present membership is known already; ``last`` may have ended."""
    return JoinDecision(_entry(person, community, membership, last), community)


def takes_people_in(community: CommunityPage) -> bool:
    """Whether anybody may be let in, by whatever way: never where nobody could see what they are let into."""
    return community.live and community.stage not in RESTING


def _entry(
    person: Viewer, community: CommunityPage, membership: Membership | None, last: Membership | None
) -> JoinOutcome:
    if membership is not None and not membership.has_expired:
        return _standing(membership, community)
    return _stranger(person, community) or STAGES.get(Stage(community.stage)) or _way_in(community, last)


def _stranger(person: Viewer, community: CommunityPage) -> JoinOutcome | None:
    """What stands in the way of this viewer, whatever the community's stage."""
    if not community.live or not may_see(person, community):
        return JoinOutcome.HIDDEN
    if not person.is_authenticated:
        return JoinOutcome.SIGN_IN
    return None if person.is_active else JoinOutcome.AWAY


def _way_in(community: CommunityPage, last: Membership | None) -> JoinOutcome:
    """What the community's joining says."""
    if community.joining == Joining.INVITATION:
        return JoinOutcome.INVITATION
    if community.joining == Joining.ASK or (last is not None and last.was_removed):
        return JoinOutcome.ASK  # whoever was removed asks, also where others walk in
    return JoinOutcome.WAIT if community.is_full else JoinOutcome.JOIN


def _standing(membership: Membership, community: CommunityPage) -> JoinOutcome:
    """What becomes of somebody who belongs here in some way already."""
    if membership.state == State.INVITED:
        return JoinOutcome.ACCEPT if takes_people_in(community) else STAGES[Stage(community.stage)]
    return STANDING[State(membership.state)]
