"""The surgeries that somebody looks after, and where they may start one."""

from typing import Any

from django.http import HttpRequest

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import own_communities_where
from surgeries.models import SurgeryPage

SHOWN = 30


def mine_context(request: HttpRequest) -> dict[str, Any]:
    """A fixed number of queries, however much there is. What is a draft is shown to those who look after it alone."""
    hosted = own_communities_where(request.user, Capability.SURGERIES)
    communities = CommunityPage.objects.shown_to(request.user).filter(pk__in=hosted).order_by("title")
    theirs = SurgeryPage.objects.filter(community__in=communities.order_by()).visible_to(request.user)
    theirs = theirs.select_related("community")
    drafts = theirs.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at", "-pk")
    return {
        "drafts": list(drafts[:SHOWN]),
        "surgeries": list(theirs.filter(live=True).order_by("title")[: SHOWN * 2]),
        "communities": list(communities),
    }
