"""How views get a community or a membership: the thing, or 404."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.log_actions import log

from communities.choices import Capability
from communities.models import CommunityPage, Membership, State
from communities.permissions import may_answer, may_manage_members
from communities.rights import answers
from core.audiences import may_see
from core.editors import is_hub_team


def get_community(request: HttpRequest, slug: str) -> CommunityPage:
    """The live community at ``slug`` that this viewer may see, or 404."""
    community: CommunityPage = get_object_or_404(CommunityPage.objects.shown_to(request.user), slug=slug)
    return community


def get_for_hub_team(request: HttpRequest, slug: str) -> CommunityPage:
    """Any live community, for the hub team; 404 for everybody else.

    Of one that they are no member of they see the name and the facilitators, and nowhere anything else.
    """
    if not is_hub_team(request.user):
        raise Http404
    community: CommunityPage = get_object_or_404(CommunityPage.objects.live(), slug=slug)
    return community


def note_look(request: HttpRequest, community: CommunityPage) -> None:
    """What the hub team sees of a private community is an entry in the log."""
    if not may_see(request.user, community):
        log(instance=community, action="communities.looked_after", user=request.user)


def _get_to_look_after(request: HttpRequest, slug: str) -> CommunityPage:
    return (get_for_hub_team if is_hub_team(request.user) else _get_with_part)(request, slug)


def _get_with_part(request: HttpRequest, slug: str) -> Any:
    """As ``get_community``, with ``is_mine`` saying whether this viewer facilitates it: one query instead of two."""
    mine = Membership.objects.stewards().filter(person=request.user.pk, community=OuterRef("pk"))
    return get_object_or_404(CommunityPage.objects.shown_to(request.user).annotate(is_mine=Exists(mine)), slug=slug)


def _is_mine(community: CommunityPage) -> bool:
    return bool(getattr(community, "is_mine", False))


def get_where(request: HttpRequest, slug: str, *capabilities: Capability) -> CommunityPage:
    """The community at ``slug`` in which this viewer has one of these as a member of it, or 404."""
    community = get_community(request, slug)
    if not any(answer.is_own for answer in answers(request.user, capabilities, community).values()):
        raise Http404
    return community


def get_answerable(request: HttpRequest, slug: str) -> CommunityPage:
    """The community at ``slug`` where this viewer answers requests, or 404."""
    community = _get_to_look_after(request, slug)
    if not (_is_mine(community) or may_answer(request.user, community)):
        raise Http404
    return community


def get_managed(request: HttpRequest, slug: str) -> CommunityPage:
    """The community at ``slug`` where this viewer gives people other parts, or 404."""
    community = _get_to_look_after(request, slug)
    if not (_is_mine(community) or may_manage_members(request.user, community)):
        raise Http404
    return community


class Decided(Exception):
    """The viewer decides about the membership no more: whoever still finds it on their page opened that before."""


def get_membership(request: HttpRequest, community: CommunityPage, pk: int, *states: State) -> Membership:
    """The membership ``pk`` of this community, as long as it is in one of these states and this viewer sees to it.

    Raises ``Decided`` where they see to it no more, and 404 where there is none.
    """
    reached = _reached(request, community)
    found = reached.marked().select_related("community", "person").filter(pk=pk, state__in=states).first()
    if found is None:
        if Membership.objects.filter(pk=pk, community=community).exists() and not reached.filter(pk=pk).exists():
            raise Decided
        raise Http404
    membership: Membership = found
    return membership


def _reached(request: HttpRequest, community: CommunityPage) -> Any:
    """What somebody sees to who looks after members. Of a community that the hub team may not see they reach those
    whom their page of it names, and no member: who belongs there is for its members.
    """
    going_on = Membership.objects.filter(community=community).current()
    if may_see(request.user, community):
        return going_on
    return going_on.filter(Q(state__in=(State.ASKED, State.WAITING)) | Q(pk__in=going_on.stewards().values("pk")))
