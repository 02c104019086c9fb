"""What the pages of stories show."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from communities.choices import Capability
from communities.content_writing.listings import writes_anywhere
from communities.models import CommunityPage
from communities.shown_rights import rights_in
from core.audiences import Viewer, community_pks, viewer_tokens
from core.models import Topic
from core.pagination import page_of
from core.parameters import parameter
from core.pictures.shown import ON_ITS_PAGE, photograph_of, with_photographs
from core.topics import topics_of
from design import art
from people.models import User
from reading.listings import save_button
from search.related import near
from stories.models import StoryIndexPage, StoryPage
from stories.writing.listings import WRITE

TOPICS_OFFERED = 18
ABOUT_A_TOPIC = 6


def stories_shown_to(viewer: Viewer) -> Any:
    """The stories that ``viewer`` may read, newest first, with what a list shows of them."""
    return (
        StoryPage.objects.shown_to(viewer)
        .select_related("community")
        .defer(*("need", "what_we_did", "what_changed", "evidence", "reuse", "body"))
        .order_by("-told_on", "-pk")
    )


def in_a_list(stories: Iterable[StoryPage], viewer: Viewer) -> list[StoryPage]:
    """``stories`` as one list shows them: their photographs, else a print, none twice while there are others."""
    listed = with_photographs(stories, viewer)
    drawn = [story for story in listed if not story.photograph]
    for story, scene in zip(drawn, art.apart("story", ((one.slug, one.print) for one in drawn)), strict=True):
        story.scene_here = scene
    return listed


def page_of_stories(request: HttpRequest, stories: QuerySet[Any]) -> Page[StoryPage]:
    """The page of the list that the address asks for."""
    page = page_of(request, stories, per_page=13)
    page.object_list = in_a_list(page.object_list, request.user)
    return page


def index_context(request: HttpRequest, _page: StoryIndexPage) -> dict[str, Any]:
    """The index: newest first, one topic where the reader chose one."""
    stories = stories_shown_to(request.user)
    slug = parameter(request, "topic")
    offered = (
        Topic.objects.filter(story_links__content_object__in=StoryPage.objects.shown_to(request.user))
        .annotate(n=Count("story_links"))
        .order_by("-n", "name")
    )
    if slug:
        stories = stories.filter(topic_links__tag__slug=slug)
    return {
        "stories": SimpleLazyObject(lambda: page_of_stories(request, stories)),
        "topic_slug": slug,
        "topic": offered.filter(slug=slug).first() if slug else None,
        "topics": offered[:TOPICS_OFFERED],
        "writes": writes_anywhere(request, *WRITE),
    }


def story_context(request: HttpRequest, story: StoryPage) -> dict[str, Any]:
    """A story's own page: who tells it, what it is about, what is near it (else what to read next)."""
    tellers = User.objects.mark_visible_to(request.user).filter(story_links__story=story)
    following = stories_shown_to(request.user).exclude(pk=story.pk)
    if story.community_id:
        following = following.filter(community=story.community_id)
    beside = near(story, request.user)
    read_on = SimpleLazyObject(lambda: in_a_list(following[:3], request.user))
    return {
        "write_url": writing_url(request, story),
        "tellers": tellers.order_by("story_links__sort_order", "pk"),
        "topics": SimpleLazyObject(lambda: topics_of(story)),
        "near": beside,
        "save": save_button(request, story),
        "photograph": SimpleLazyObject(lambda: photograph_of(story, request.user, ON_ITS_PAGE)),
        "following": read_on,
        "beneath": SimpleLazyObject(lambda: beside or read_on),
    }


def writing_url(request: HttpRequest, story: StoryPage) -> str:
    """Where this reader writes on in it; nothing for whoever may not. One query for members, none for others."""
    if story.community_id not in community_pks(viewer_tokens(request.user)):
        return ""
    rights = rights_in(request, story.community) if story.community else frozenset()
    writes = Capability.WRITE_STORIES in rights and story.owner_id == request.user.pk
    may = writes or Capability.PUBLISH_STORIES in rights
    return reverse("stories:write", args=[story.pk]) if may else ""


def stories_of_community(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: what it did."""
    stories = in_a_list(stories_shown_to(request.user).filter(community=community)[:4], request.user)
    return {"stories": stories} if stories else None


def stories_about(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """On a topic's page: what people did about it."""
    about = stories_shown_to(request.user).filter(topic_links__tag=topic)
    stories = in_a_list(about[: ABOUT_A_TOPIC + 1], request.user)
    url = f"/stories/?topic={topic.slug}" if len(stories) > ABOUT_A_TOPIC else ""
    return {"stories": stories[:ABOUT_A_TOPIC], "url": url} if stories else None


def stories_of_person(request: HttpRequest, person: User) -> dict[str, Any] | None:
    """On a person's page: what they told."""
    stories = in_a_list(stories_shown_to(request.user).filter(author_links__person=person)[:8], request.user)
    return {"stories": stories} if stories else None
