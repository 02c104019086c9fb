"""What pages show of claims to know about something: each with a fixed number of queries, however many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from communities.choices import ClaimState
from communities.claims.permissions import answerable_by, to_ask
from communities.models import Claim
from communities.models.claim_querysets import ClaimQuerySet
from communities.permissions import communities_stewarded
from core.audiences import Viewer
from core.pagination import page_of
from people.models import User
from people.requests import SignedInRequest
from reading.interests import work_of
from search.lookup import Thing, now

MARKS = {
    ClaimState.WAITING: ("wait", "clock"),
    ClaimState.NAMED: ("done", "tick"),
    ClaimState.LAPSED: ("wait", "clock"),
    ClaimState.REFUSED: ("soft", "cross"),
    ClaimState.WITHDRAWN: ("soft", "cross"),
}
OF_A_KIND = 5
"""Things of one's own that are offered as evidence: the newest of each kind, so that many of one hide no other."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in a list."""

    claim: Claim
    state: str
    tone: str
    icon: str


def line_of(claim: Claim) -> ClaimLine:
    state = claim.state
    return ClaimLine(claim, str(state.label), *MARKS[state])


def mine_context(request: SignedInRequest) -> dict[str, Any]:
    """What one asked to be named for, and how many wait for this person's answer."""
    page = page_of(request, Claim.objects.filter(person=request.user).for_listing().order_by("-asked_at", "-pk"))
    page.object_list = [line_of(claim) for claim in page.object_list]
    return {"lines": page, "to_answer": to_answer(request.user).count()}


def to_answer(person: User) -> Any:
    """What waits for ``person``, longest first."""
    return _in_a_list(answerable_by(person).waiting())


def _in_a_list(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.for_listing().order_by("asked_at", "pk")


def own_to_answer(person: User, stewarded: Collection[int] | None = None) -> Any:
    """The same without what the hub team could answer besides: what the front page asks of ``person``, steward of the
    communities ``stewarded``, where these are known.
    """
    own = Claim.objects.exclude(person=person.pk).filter(community__in=communities_stewarded(person, stewarded))
    return _in_a_list(own.waiting())


def waiting_context(request: SignedInRequest) -> dict[str, Any]:
    return {"claims": page_of(request, to_answer(request.user))}


def claim_context(claim: Claim, viewer: Viewer) -> dict[str, Any]:
    """One claim, with what shows it as far as ``viewer`` may see that; ``hidden`` is how many things they may not."""
    keys = [row.thing for row in claim.shown.all() if row.thing]
    things = now(keys, viewer)
    return {
        "claim": claim,
        "line": line_of(claim),
        "things": [things[key] for key in keys if key in things],
        "hidden": len([key for key in keys if key not in things]),
        "is_mine": claim.person_id == viewer.pk,
    }


def ask_context(person: User) -> dict[str, Any]:
    """Whom one may ask about what, and what one did that may show it."""
    by_kind: dict[str, list[str]] = {}
    for key in work_of(person):
        by_kind.setdefault(key.partition(":")[0], []).append(key)
    keys = [key for some in by_kind.values() for key in some[:OF_A_KIND]]
    found: dict[str, Thing] = now(keys, person)
    return {"to_ask": to_ask(person), "things": [found[key] for key in keys if key in found]}
