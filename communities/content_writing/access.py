"""Who writes on which page, and how views get it: the page, or 404."""

from dataclasses import dataclass
from typing import Any, Generic

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.approval.approvers import approves, needs_a_word
from communities.approval.requests import is_waiting, last_word
from communities.choices import Capability
from communities.content_writing.kinds import P, Writing
from communities.models import CommunityPage, ContentPage
from communities.permissions import membership_of
from communities.rights import NotAllowed, RightsAnswer, can, can_any, refusal, require, require_any
from core.audiences import Viewer, may_see
from core.editing.access import is_open
from core.writing.drafts import draft_of
from people.models import User


@dataclass(frozen=True, slots=True)
class WritablePage(Generic[P]):
    """A page as somebody writes on it."""

    row: P
    draft: P
    """The newest version."""
    community: CommunityPage
    at_once: bool
    """Whether what they publish needs nobody else's word, or has waited for theirs."""


def looks_after(person: Viewer, page: ContentPage, *rights: Capability) -> RightsAnswer | None:
    """Whether they may by one of ``rights``, and why; None where they may not see it, be it that they run the hub."""
    community = page.community
    if community is not None and not (community.live and may_see(person, community)):
        return None
    if not (may_see(person, page) and is_open(person, page)):
        return None
    return can_any(person, rights, page)


def require_page(request: HttpRequest, page: ContentPage, *rights: Capability, is_theirs: bool = True) -> None:
    """404; somebody whose right ended while they wrote reads why, and gets back what they typed."""
    if is_theirs and looks_after(request.user, page, *rights):
        return
    knows_of_it = _wrote_on(request.user, page) or _is_member_who_reads(request.user, page)
    if request.method == "POST" and knows_of_it and not can_any(request.user, rights, page):
        raise NotAllowed(refusal(request.user, rights[0], page.community))
    raise Http404


def _wrote_on(person: Viewer, page: ContentPage) -> bool:
    """Whether they know of it, wherever it went since."""
    return page.owner_id == person.pk or page.revisions.filter(user=person.pk).exists()


def _is_member_who_reads(person: Viewer, page: ContentPage) -> bool:
    if page.community is None or not (page.live and may_see(person, page) and may_see(person, page.community)):
        return False
    membership = membership_of(person, page.community)
    return membership is not None and membership.is_active


def is_theirs(person: Viewer, writing: Writing[P], page: P) -> bool:
    """Whether those who write such pages write on this one. Of what others began, those who publish see what is live
    and what was sent to them, where publishing is a right of its own.
    """
    if writing.publishing is None or page.owner_id == person.pk:
        return True
    return (page.live or is_waiting(page)) and bool(can(person, writing.publishing, page))


def was_answered(request: HttpRequest, writing: Writing[P], pk: int) -> bool:
    """Whether it waited for this viewer and others who publish, and one of them answered. It is its writer's again."""
    row = writing.model._default_manager.select_related("community").filter(pk=pk).first()
    return row is not None and bool(looks_after(request.user, row, writing.rights[-1])) and last_word(row) is not None


def at_once_in(person: Viewer, writing: Writing[Any], community: CommunityPage) -> bool:
    """Whether what they write in ``community`` needs nobody else's word."""
    publishes = writing.publishing is None or bool(can(person, writing.publishing, community))
    return publishes and not needs_a_word(person, writing.model, {community.pk})


def get_written(request: HttpRequest, writing: Writing[P], pk: int) -> WritablePage[P]:
    """The page on which this viewer writes, or 404. A draft that goes into another community is written there."""
    pages = writing.model._default_manager.select_related("community", "latest_revision")
    row: P = get_object_or_404(pages, id=pk)
    person = request.user
    require_page(request, row, *writing.rights, is_theirs=is_theirs(person, writing, row))
    draft: P = draft_of(row)
    if row.community is None or draft.community_id != row.community_id:
        raise Http404
    at_once = approves(person, row) if is_waiting(row) else at_once_in(person, writing, row.community)
    return WritablePage(row, draft, row.community, at_once)


def left_behind(person: User, writing: Writing[P], pk: int) -> P | None:
    """The newest version of what they began, wrote last and may write on no more, where they see its community."""
    row = writing.model._default_manager.select_related("community", "latest_revision").filter(pk=pk).first()
    if row is None or row.live or row.owner_id != person.pk:
        return None
    if row.community is None or not may_see(person, row.community):
        return None
    wrote_last = row.latest_revision is not None and row.latest_revision.user_id == person.pk
    if not wrote_last or can_any(person, writing.rights, row):
        return None
    draft: P = draft_of(row)
    return draft


def require_writing(writing: Writing[P], by: User, subject: CommunityPage | P) -> None:
    """For services. Whoever publishes such pages writes them, too."""
    require_any(by, writing.rights, subject)


def require_publishing(writing: Writing[P], by: User, page: P) -> None:
    """For services."""
    require(by, writing.rights[-1], page)
