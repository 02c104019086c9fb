"""What somebody finds who writes for communities: drafts, what waits, what readers have, and where to begin."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import TaskState

from communities.approval.approvers import answered_by
from communities.approval.requests import waiting
from communities.choices import Capability
from communities.content_writing.kinds import P, Writing
from communities.models import CommunityPage, Membership
from communities.rights import own_communities_where
from communities.writing.naming import pages_of
from core.audiences import Viewer, community_pks, viewer_tokens

SHOWN = 30


def mine_context(request: HttpRequest, writing: Writing[P]) -> dict[str, Any]:
    """A fixed number of queries, however much there is. A draft is shown to those who write for its community alone."""
    person = request.user
    theirs = own_communities_where(person, writing.right)
    communities = list(CommunityPage.objects.shown_to(person).filter(pk__in=theirs).order_by("title"))
    shown = writing.model.objects.visible_to(person).select_related("community", "owner")
    pages = shown.filter(pk__in=pages_of(writing.model, [each.pk for each in communities]).values("pk"))
    drafts = list(pages.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at", "-pk")[:SHOWN])
    waits, mine_to_answer = _waiting(writing, drafts), _to_answer(request, drafts)
    for page in drafts:
        page.__dict__ |= {"is_sent": page.pk in waits, "waits_for_me": page.pk in waits & mine_to_answer}
    return {
        "sent": [page for page in drafts if page.__dict__["waits_for_me"]],
        "drafts": [page for page in drafts if not page.__dict__["waits_for_me"]],
        "pages": list(pages.filter(live=True).order_by("title")[: SHOWN * 2]),
        "communities": communities,
    }


def communities_written_for(person: Viewer, *rights: Capability) -> QuerySet[Membership, int]:
    """The keys of the communities in which they have one of ``rights``, as a query to build on."""
    return reduce(or_, (own_communities_where(person, right) for right in rights))


def writes_anywhere(person: Viewer, *rights: Capability) -> bool:
    """Whether there is a community in which they have one of ``rights``."""
    if not community_pks(viewer_tokens(person)):
        return False
    return communities_written_for(person, *rights).exists()


def _waiting(writing: Writing[P], drafts: list[P]) -> set[int]:
    pages = writing.model._default_manager.filter(pk__in=[page.pk for page in drafts])
    return set(waiting(pages).values_list("pk", flat=True)) if drafts else set()


def _to_answer(request: HttpRequest, drafts: list[P]) -> set[int]:
    if not drafts:
        return set()
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=[str(page.pk) for page in drafts]
    )
    return {int(key) for key in answered_by(request.user, states).values_list("workflow_state__object_id", flat=True)}
