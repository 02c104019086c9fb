"""Why a right is gone, of somebody who had it: which role or grant ended, when, and in whose words."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities import rights_reasons
from communities.choices import GrantState
from communities.models import CommunityPage, Grant, Holding
from communities.suspended_roles import suspended_that_give
from core.audiences import Viewer, may_see
from core.text import Words


def why_ended(person: Viewer, capabilities: Collection[str], community: CommunityPage | None) -> tuple[Words, Words]:
    """What stands in the way now, or what ended last, where ``person`` may know of it; else why they may not."""
    suspended = suspended_right(person, capabilities, community)
    because, ask = rights_reasons.not_allowed(
        suspended or next(iter(capabilities), ""), rights_reasons.Facts(person, community)
    )
    if suspended or community is None or not may_see(person, community):
        return because, ask
    return _ended(person, capabilities, community) or because, ask


def suspended_right(person: Viewer, capabilities: Collection[str], community: CommunityPage | None) -> str:
    """The first of ``capabilities`` that a suspended role of theirs would give: evidence brings it back."""
    if community is None or not may_see(person, community):
        return ""
    return next((one for one in capabilities if suspended_that_give(person, one, community)), "")


def _ended(person: Viewer, capabilities: Collection[str], community: CommunityPage) -> Words:
    found = [*_roles(person, capabilities, community), *_grants(person, capabilities, community)]
    return max(found)[1] if found else ""


def _roles(person: Viewer, capabilities: Collection[str], community: CommunityPage) -> list[tuple[object, str]]:
    gives = Q(pk__in=())
    for one in capabilities:
        gives |= Q(role__capabilities__holds=one)
    mine = Holding.objects.filter(gives, membership__person=person.pk, membership__community=community)
    last = mine.filter(until__lte=timezone.now()).select_related("role").order_by("-until").first()
    if last is None or last.until is None:
        return []
    words = _("Your role %(role)s in %(community)s ended on %(when)s.")
    return [(last.until, words % {"role": last.role, "community": community.title, "when": _said(last.until)})]


def _grants(person: Viewer, capabilities: Collection[str], community: CommunityPage) -> list[tuple[object, str]]:
    """Those to every member, and to roles that they hold or held there."""
    theirs = Holding.objects.filter(membership__person=person.pk, membership__community=community).values("role")
    reached = Grant.objects.filter(Q(role=None) | Q(role__in=theirs))
    of_it = reached.filter(community=community, capability__in=capabilities)
    found: list[tuple[object, str]] = []
    withdrawn = of_it.in_state(GrantState.WITHDRAWN).order_by("-withdrawn_at").first()
    if withdrawn is not None:
        words = _("What %(community)s had been granted was withdrawn on %(when)s: %(why)s")
        said = {"community": community.title, "when": _said(withdrawn.withdrawn_at), "why": withdrawn.withdrawal}
        found.append((withdrawn.withdrawn_at, words % said))
    ended = of_it.in_state(GrantState.ENDED).order_by("-until").first()
    if ended is not None:
        words = _("What %(community)s had been granted ended on %(when)s.")
        found.append((ended.until, words % {"community": community.title, "when": _said(ended.until)}))
    return found


def _said(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
