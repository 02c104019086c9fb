"""What lists of invitations show: each function asks a fixed number of queries, however many there are."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from communities.models import CommunityPage
from communities.models.membership_querysets import invited_since
from core.dead_addresses.services import dead_among
from core.pagination import page_of
from core.parameters import parameter
from people.addresses import has_signed_in

SHOWN_TO_FACILITATORS = 50
HELD, EXPIRED = "held", "expired"


def invitations_of(_request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    """On the members page, for facilitators: whom they invited and who has not come yet."""
    mine = Invitation.objects.open().filter(community=community).select_related("invited_by", "role")
    return {"invitations": _told_of_dead_addresses(list(mine[:SHOWN_TO_FACILITATORS]))}


def inviting(_request: HttpRequest, _community: CommunityPage) -> dict[str, Any]:
    """On the members page, for whoever may invite from outside and looks after nobody: the way there alone."""
    return {"invites": True}


def invitations_context(request: HttpRequest) -> dict[str, Any]:
    """The hub team's list: all that there are, by what became of them, found by address."""
    asked, chosen = parameter(request, "q"), parameter(request, "state")
    found = Invitation.objects.order_by("-since", "-pk")
    if asked:
        found = found.filter(Q(email__icontains=asked) | Q(name__icontains=asked))
    states = _states()
    counts = found.order_by().aggregate(**{name: Count("pk", filter=rule) for name, (_label, rule) in states.items()})
    if chosen in states:
        found = found.filter(states[chosen][1])
    return {
        "invitations": _page(request, found),
        "total": sum(counts.values()) - counts[HELD],
        "query": asked,
        "state": chosen if chosen in states else "",
        "tabs": [{"value": "", "label": _("All"), "count": None}]
        + [{"value": name, "label": label, "count": counts[name]} for name, (label, _rule) in states.items()],
    }


def _states() -> dict[str, tuple[str, Q]]:
    in_time = Q(outcome=InvitationOutcome.OPEN, since__gte=invited_since())
    return {
        HELD: (_("Waits for you"), in_time & Q(is_held=True)),
        InvitationOutcome.OPEN.value: (_("Open"), in_time),
        InvitationOutcome.ACCEPTED.value: (_("Came in"), Q(outcome=InvitationOutcome.ACCEPTED)),
        EXPIRED: (_("Not answered"), Q(outcome=InvitationOutcome.OPEN, since__lt=invited_since())),
        InvitationOutcome.WITHDRAWN.value: (_("Withdrawn"), Q(outcome=InvitationOutcome.WITHDRAWN)),
    }


def _page(request: HttpRequest, found: QuerySet[Any]) -> Page[Invitation]:
    """A community that the hub team may not see is not named to them here."""
    page = page_of(request, found.select_related("community", "role", "invited_by", "vouched_by", "person", "sponsor"))
    named = {one.community_id for one in page.object_list}
    seen = set(CommunityPage.objects.visible_to(request.user).filter(pk__in=named).values_list("pk", flat=True))
    for one in _told_of_dead_addresses(page.object_list):
        one.is_named = one.community_id in seen
        one.is_asked_here = one.person is not None and has_signed_in(one.person)
        one.is_switched_off = one.person is not None and not one.person.is_active
        by = one.answers_for_it
        one.is_left_alone = by is None or not by.is_active
    return page


def _told_of_dead_addresses(invitations: Iterable[Any]) -> list[Any]:
    """Whoever waits for an answer to an e-mail that never arrived can ask for another address."""
    told = list(invitations)
    dead = dead_among([one.email for one in told])
    for one in told:
        one.is_unreachable = one.email.casefold() in dead
    return told


def held_invitations() -> Any:
    """Those that wait for the hub team."""
    return Invitation.objects.held()
