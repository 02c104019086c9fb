"""The rights that a page shows a way for, asked once for each community that a request shows."""

from django.http import HttpRequest

from communities.choices import Capability
from communities.given_capabilities import given_to
from communities.models import CommunityPage, Membership

SHOWN = (
    Capability.EDIT_PAGE,
    Capability.WRITE_STORIES,
    Capability.PUBLISH_STORIES,
    Capability.SURGERIES,
    Capability.GUIDANCE,
    Capability.MANAGE_MEMBERS,
)
_KNOWN = "shown_rights"

Rights = frozenset[Capability]


def know(request: HttpRequest, community: CommunityPage, membership: Membership | None) -> Rights:
    """What the viewer may do as a member, where their membership is at hand: who is none is not asked about."""
    if membership is None or not membership.is_active:
        return _keep(request, community, frozenset())
    return rights_in(request, community)


def rights_in(request: HttpRequest, community: CommunityPage) -> Rights:
    """What the viewer may do as a member, in one query where nobody has asked yet."""
    known: Rights | None = getattr(request, _KNOWN, {}).get(community.pk)
    if known is not None:
        return known
    given = given_to(request.user, community).capabilities if request.user.is_active else frozenset()
    return _keep(request, community, given.intersection(SHOWN))


def _keep(request: HttpRequest, community: CommunityPage, rights: Rights) -> Rights:
    known = {**getattr(request, _KNOWN, {}), community.pk: rights}
    setattr(request, _KNOWN, known)
    return rights
