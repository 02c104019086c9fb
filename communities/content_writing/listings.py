"""What somebody finds who writes for communities: drafts, what waits, what readers have, and where to begin."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import TaskState

from communities.approval.approvers import answered_by
from communities.approval.requests import waiting
from communities.choices import Capability
from communities.content_writing.kinds import P, Writing
from communities.models import CommunityPage
from communities.rights import own_communities_where
from communities.writing.naming import pages_of
from core.audiences import community_pks, viewer_tokens
from core.fragments import PERSON, Dependencies, keep, key_of

SHOWN = 30
KEPT = 600  # seconds: a right that ends by the clock ends here, too


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


def writes_anywhere(request: HttpRequest, *rights: Capability) -> bool:
    """Whether there is a community in which the reader has one of ``rights``. It is kept until something changes there
    or with them: to put the question together took Django most of the time of a list.
    """
    if not community_pks(viewer_tokens(request.user)):
        return False
    key = key_of(request, "writes", rights, Dependencies(reader=PERSON))
    return keep(request, key, KEPT, own_communities_where(request.user, *rights).exists)


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
