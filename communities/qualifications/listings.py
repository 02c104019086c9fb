"""What pages show of qualifications: each function asks a fixed number of queries, however many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from communities.choices import AwardState
from communities.end_reminders import STEPS
from communities.models import Award, Holding, Qualification
from communities.qualifications.notices import with_renewal
from communities.qualifications.permissions import verifiable_by
from communities.suspended_roles import suspended_of
from core.editors import is_hub_team
from core.pagination import page_of
from people.models import User
from people.requests import SignedInRequest

MARKS = {
    AwardState.WAITING: ("wait", "clock"),
    AwardState.VERIFIED: ("done", "tick"),
    AwardState.LAPSED: ("wait", "clock"),
    AwardState.REFUSED: ("soft", "cross"),
    AwardState.WITHDRAWN: ("soft", "cross"),
}


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award in a list."""

    award: Award
    state: str
    tone: str
    icon: str
    ends_soon: bool  # and nothing was done about it


def line_of(award: Award) -> AwardLine:
    state = award.state
    tone, icon = MARKS[state]
    soon = timezone.localdate() + timedelta(days=STEPS[0])
    is_last = not getattr(award, "is_renewed", False)
    ends_soon = state is AwardState.VERIFIED and award.until is not None and award.until <= soon and is_last
    return AwardLine(award, str(state.label), tone, icon, ends_soon)


def awards_of_people(people: Collection[int], at: datetime | None = None) -> Sequence[Award]:
    """The qualifications that count for each at a moment, by name; of each the one that holds longest."""
    found = Award.objects.counting(at).filter(person__in=people).select_related("qualification")
    longest: dict[tuple[int, int], Award] = {}
    for award in found.order_by("qualification__name", "pk"):
        key = (award.person_id, award.qualification_id)
        known = longest.get(key)
        if known is None or (known.until is not None and (award.until is None or award.until > known.until)):
            longest[key] = award
    return list(longest.values())


# -- one's own ---------------------------------------------------------------------------------------------------------
def mine_context(person: User) -> dict[str, Any]:
    """Everything that somebody has shown, and what there is to show, what their roles demand first."""
    held = Holding.objects.of_members().filter(membership__person=person, role__qualifications=OuterRef("pk"))
    waiting = Award.objects.waiting().filter(person=person, qualification=OuterRef("pk"))
    catalogue = Qualification.objects.annotate(is_demanded=Exists(held), is_waiting=Exists(waiting))
    return {
        "lines": [line_of(award) for award in with_renewal(_all_of(person))],
        "suspended": suspended_of(person),
        "catalogue": list(catalogue.order_by("-is_demanded", "name")),
        "to_verify": verifiable_by(person).waiting().count(),
        "is_hub_team": is_hub_team(person),
    }


def _all_of(person: User) -> Any:
    return Award.objects.filter(person=person).select_related("qualification").in_order()


def ending(person: User) -> Any:
    """What ends within two months and was not renewed, the first first."""
    today = timezone.localdate()
    counting = Award.objects.counting().filter(person=person, until__lte=today + timedelta(days=STEPS[0]))
    return with_renewal(counting).filter(is_renewed=False).select_related("qualification").order_by("until", "pk")


# -- verifying ---------------------------------------------------------------------------------------------------------
def to_verify(person: User, stewarded: Collection[int] | None = None) -> Any:
    """What waits for ``person``, longest first."""
    found = verifiable_by(person, stewarded).waiting().select_related("person", "qualification")
    return found.order_by("recorded_at", "pk")


def waiting_context(request: SignedInRequest) -> dict[str, Any]:
    return {
        "awards": page_of(request, to_verify(request.user)),
        "is_hub_team": is_hub_team(request.user),
    }


def award_context(award: Award, viewer: User) -> dict[str, Any]:
    """One award; ``is_mine`` for its person."""
    return {"award": award, "line": line_of(award), "is_mine": award.person_id == viewer.pk}
