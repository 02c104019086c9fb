"""The rights that a page shows a way for, asked once for each community that a request shows."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpRequest

from communities.choices import Capability
from communities.models import CommunityPage, Membership
from communities.rights import answers, holds

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


def with_rights() -> Any:
    """Memberships that say what each of them allows, for a page that looks its reader's up anyway."""
    asked: dict[str, Any] = {f"may_{each}": ExpressionWrapper(holds(each), BooleanField()) for each in SHOWN}
    return Membership.objects.annotate(**asked)


def know(request: HttpRequest, community: CommunityPage, membership: Membership | None) -> Rights:
    """What the viewer may do as a member, read off a membership ``with_rights``."""
    is_member = membership is not None and membership.is_active
    rights = frozenset(each for each in SHOWN if is_member and getattr(membership, f"may_{each}"))
    return _keep(request, community, rights)


def rights_in(request: HttpRequest, community: CommunityPage) -> Rights:
    """The same, in one query where nobody has asked yet."""
    known: Rights | None = getattr(request, _KNOWN, {}).get(community.pk)
    if known is not None:
        return known
    found = answers(request.user, SHOWN, community)
    return _keep(request, community, frozenset(each for each, answer in found.items() if answer.is_own))


def _keep(request: HttpRequest, community: CommunityPage, rights: Rights) -> Rights:
    known = {**getattr(request, _KNOWN, {}), community.pk: rights}
    setattr(request, _KNOWN, known)
    return rights
