"""What somebody finds who writes: their drafts, what waits for them, and where they may tell a story."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from communities.approval.requests import waiting
from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import own_communities_where
from communities.shown_rights import rights_in
from core.audiences import Viewer
from stories.models import StoryPage

SHOWN = 30
WRITE = (Capability.WRITE_STORIES, Capability.PUBLISH_STORIES)


def tell_a_story(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: the way to tell one, for whoever may."""
    if rights_in(request, community).isdisjoint(WRITE):
        return None
    return {"url": reverse("stories:start", args=[community.slug]), "mine": reverse("stories:mine")}


def sent_to(person: Viewer) -> Any:
    """Stories that others sent, and that ``person`` may publish: the longest waiting first."""
    communities = CommunityPage.objects.shown_to(person)
    publishes = communities.filter(pk__in=own_communities_where(person, Capability.PUBLISH_STORIES))
    drafts = StoryPage.objects.filter(has_unpublished_changes=True, community__in=publishes).exclude(owner=person.pk)
    return waiting(drafts).select_related("owner", "community").order_by("latest_revision_created_at", "pk")


def mine_context(request: HttpRequest) -> dict[str, Any]:
    """A fixed number of queries, however much there is."""
    person = request.user
    communities = CommunityPage.objects.shown_to(person)
    writes = communities.filter(pk__in=own_communities_where(person, *WRITE)).order_by("title")
    drafts = StoryPage.objects.filter(has_unpublished_changes=True).select_related("community")
    own = drafts.filter(owner=person.pk, community__in=communities).order_by("-latest_revision_created_at", "-pk")
    waits = set(waiting(own).values_list("pk", flat=True))
    listed = list(own[:SHOWN])
    for story in listed:
        story.__dict__["is_sent"] = story.pk in waits
    return {
        "drafts": listed,
        "sent": list(sent_to(person)[:SHOWN]),
        "communities": list(writes),
    }
