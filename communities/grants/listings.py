"""What pages show of grants: each function asks a fixed number of queries, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.choices import Capability, GrantState
from communities.grants import log
from communities.models import CommunityPage, Grant
from communities.rights import RightsAnswer, answers, grants_behind
from core.audiences import Viewer
from core.pagination import page_of
from core.parameters import parameter
from people.models import User

ON_A_COMMUNITY = 8
MARKS = {
    GrantState.ASKED: ("wait", "clock"),
    GrantState.IN_FORCE: ("done", "tick"),
    GrantState.AHEAD: ("soft", "calendar"),
    GrantState.REFUSED: ("soft", "cross"),
    GrantState.ENDED: ("soft", "clock"),
    GrantState.WITHDRAWN: ("soft", "cross"),
}


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One line of a ledger of grants."""

    what: str
    who: str
    url: str
    state: str
    tone: str
    icon: str
    text: str  # conditions, or why it was asked for, refused or withdrawn
    first: date | None
    last: date | None
    authority: str
    community: CommunityPage | None = None
    is_over: bool = False


def line_of(grant: Grant, community: CommunityPage | None = None) -> GrantLine:
    """The line of a grant; with its community in the register."""
    state = grant.state
    tone, icon = MARKS[state]
    words = {
        GrantState.ASKED: grant.purpose,
        GrantState.REFUSED: grant.refusal,
        GrantState.WITHDRAWN: grant.withdrawal,
    }
    return GrantLine(
        what=grant.what,
        who=grant.holders,
        url=grant.get_absolute_url(),
        state=str(state.label),
        tone=tone,
        icon=icon,
        text=words.get(state, grant.conditions),
        first=grant.first_day,
        last=grant.last_day,
        authority=grant.on_what_authority,
        community=community,
        is_over=state in {GrantState.REFUSED, GrantState.ENDED, GrantState.WITHDRAWN},
    )


# -- a community -------------------------------------------------------------------------------------------------------
def grants_of_community(_request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On the community's page: what it was granted and what it asked for, the same for everybody who sees the page."""
    grants = Grant.objects.filter(community=community).select_related("role").in_order()[:ON_A_COMMUNITY]
    lines = [line_of(grant) for grant in grants]
    return {"lines": lines, "url": f"{reverse('rights:register')}?community={community.slug}"} if lines else None


@dataclass(frozen=True, slots=True)
class MayI:
    """One thing that somebody may do, why, and the grants under which they may: their conditions hold, too."""

    what: str
    answer: RightsAnswer
    grants: Sequence[GrantLine] = ()


@dataclass(frozen=True, slots=True)
class MayNot:
    """Things that somebody may not do for one reason."""

    what: Sequence[str]
    answer: RightsAnswer


def what_may_i(person: User, community: CommunityPage) -> dict[str, Any]:
    """Everything that there is to be allowed in a community, with the answer for ``person``."""
    found = answers(person, list(Capability), community)
    grants = [(Capability(grant.capability), line_of(grant)) for grant in grants_behind(person, community)]
    refused: dict[tuple[str, str], list[Capability]] = {}
    for capability, answer in found.items():
        if not answer:
            refused.setdefault((str(answer.because), str(answer.ask)), []).append(capability)
    return {
        "may": [
            MayI(str(capability.label), answer, [line for given, line in grants if given is capability])
            for capability, answer in found.items()
            if answer
        ],
        "may_not": [MayNot([str(each.label) for each in those], found[those[0]]) for those in refused.values()],
    }


# -- the register ------------------------------------------------------------------------------------------------------
def found(request: HttpRequest) -> Any:
    """What the address asks for, as far as the reader may see it."""
    grants = Grant.objects.shown_to(request.user)
    if (capability := parameter(request, "capability")) in Capability.values:
        grants = grants.filter(capability=capability)
    if (state := parameter(request, "state")) in GrantState.values:
        grants = grants.in_state(GrantState(state))
    if slug := parameter(request, "community"):
        grants = grants.filter(community__slug=slug)
    return grants.select_related("community", "role")


def register_context(request: HttpRequest) -> dict[str, Any]:
    """One page of the register, and what it can be narrowed to."""
    page = page_of(request, found(request).in_order())
    lines = [line_of(grant, grant.community) for grant in page.object_list]
    chosen = {name: parameter(request, name) for name in ("community", "capability", "state")}
    return {
        "page": page,
        "lines": lines,
        "choices": list(_choices(request.user, chosen)),
        "is_narrowed": any(chosen.values()),
        "query": request.GET.urlencode(),
    }


def _choices(viewer: Viewer, chosen: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    shown = Grant.objects.shown_to(viewer).values("community")
    communities = CommunityPage.objects.filter(pk__in=shown).order_by("title").values_list("slug", "title")
    for name, label, values in (
        ("community", _("Community"), communities),
        ("capability", _("What"), Capability.choices),
        ("state", _("How it stands"), GrantState.choices),
    ):
        options = [{"value": value, "label": text, "chosen": value == chosen[name]} for value, text in values]
        yield {"name": name, "label": label, "options": options}


# -- one grant ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GrantEvent:
    """One thing that happened to a grant, in words. Whoever did it is named to those who may see their page."""

    at: datetime
    text: str
    by: User | None


def history_of(grant: Grant, viewer: Viewer) -> list[GrantEvent]:
    entries = list(log.entries_of(grant)[:50])
    people = User.objects.shown_to(viewer).in_bulk({entry.user_id for entry in entries if entry.user_id})
    return [GrantEvent(one.timestamp, log.sentence(one.action, one.data), people.get(one.user_id)) for one in entries]
