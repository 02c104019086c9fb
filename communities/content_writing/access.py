"""Who writes on which page, and how views get it: the page, or 404."""

from dataclasses import dataclass
from typing import Any, Generic

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.approval.approvers import approves, needs_a_word
from communities.approval.requests import is_waiting
from communities.choices import Capability
from communities.content_writing.kinds import P, Writing
from communities.models import CommunityPage, ContentPage
from communities.permissions import membership_of
from communities.rights import Answer, NotAllowed, can, refusal
from core.audiences import Viewer, may_see
from core.editing.access import is_open
from core.writing.drafts import draft_of


@dataclass(frozen=True, slots=True)
class Written(Generic[P]):
    """A page as somebody writes on it."""

    row: P
    draft: P
    """The newest version."""
    community: CommunityPage
    at_once: bool
    """Whether what they publish needs nobody else's word, or has waited for theirs."""


def looks_after(person: Viewer, page: ContentPage, right: Capability) -> Answer | None:
    """Whether they may, and why; None where they may not see it, be it that they run the hub."""
    community = page.community
    if community is not None and not (community.live and may_see(person, community)):
        return None
    if not (may_see(person, page) and is_open(person, page)):
        return None
    return can(person, right, page)


def require_page(request: HttpRequest, page: ContentPage, right: Capability) -> None:
    """404; somebody whose right ended while they wrote reads why, and gets back what they typed."""
    if looks_after(request.user, page, right):
        return
    if request.method == "POST" and (_wrote_on(request.user, page) or _is_member_who_reads(request.user, page)):
        raise NotAllowed(refusal(request.user, right, page.community))
    raise Http404


def _wrote_on(person: Viewer, page: ContentPage) -> bool:
    """Whether they know of it, wherever it went since."""
    return page.owner_id == person.pk or page.revisions.filter(user=person.pk).exists()


def _is_member_who_reads(person: Viewer, page: ContentPage) -> bool:
    if page.community is None or not (page.live and may_see(person, page) and may_see(person, page.community)):
        return False
    membership = membership_of(person, page.community)
    return membership is not None and membership.is_active


def at_once_in(person: Viewer, writing: Writing[Any], community: CommunityPage) -> bool:
    """Whether what they write in ``community`` needs nobody else's word."""
    return not needs_a_word(person, writing.model, {community.pk})


def get_written(request: HttpRequest, writing: Writing[P], pk: int) -> Written[P]:
    """The page on which this viewer writes, or 404. A draft that goes into another community is written there."""
    pages = writing.model._default_manager.select_related("community", "latest_revision")
    row: P = get_object_or_404(pages, id=pk)
    require_page(request, row, writing.right)
    draft: P = draft_of(row)
    if row.community is None or draft.community_id != row.community_id:
        raise Http404
    person = request.user
    at_once = approves(person, row) if is_waiting(row) else at_once_in(person, writing, row.community)
    return Written(row, draft, row.community, at_once)
