"""Who writes on which story, and how views get it: the story, or 404."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.approval.approvers import approves, needs_a_word
from communities.approval.requests import is_waiting
from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import answers, can, require
from core.audiences import Viewer, may_see
from core.editing.access import is_open
from core.writing import drafts
from people.models import User
from stories.models import StoryPage


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody may do with the stories of one community."""

    writes: bool = False
    publishes: bool = False
    speaks: bool = False
    at_once: bool = False
    """Whether what they publish needs nobody else's word, or has waited for theirs."""


def part_in(person: Viewer, community: CommunityPage | None) -> Part:
    """Nothing in a community that they may not see, be it that they run the hub."""
    if community is None or not community.live or not may_see(person, community):
        return Part()
    found = answers(person, (Capability.WRITE_STORIES, Capability.PUBLISH_STORIES, Capability.SPEAK), community)
    publishes, speaks = bool(found[Capability.PUBLISH_STORIES]), bool(found[Capability.SPEAK])
    at_once = publishes and not needs_a_word(person, StoryPage, {community.pk})
    return Part(publishes or bool(found[Capability.WRITE_STORIES]), publishes, speaks, at_once)


def part_of(person: Viewer, story: StoryPage) -> Part:
    """What somebody may do with one story: its writer writes on; of others' those who publish see what is live or was
    sent to them.
    """
    part = part_in(person, story.community)
    waits = is_waiting(story)
    is_theirs = story.owner_id == person.pk or (part.publishes and (story.live or waits))
    if not is_theirs or not is_open(person, story):
        return Part()
    return replace(part, at_once=approves(person, story)) if waits else part


def get_story(request: HttpRequest, pk: int) -> tuple[StoryPage, Part]:
    """The story that this viewer writes on, as its row is, or 404. A draft that goes into another community is
    written there.
    """
    story: StoryPage = get_object_or_404(StoryPage.objects.select_related("community", "latest_revision"), id=pk)
    part = part_of(request.user, story)
    if not part.writes or draft_of(story).community_id != story.community_id:
        raise Http404
    return story, part


def require_writing(by: User, subject: CommunityPage | StoryPage) -> None:
    """For services. Whoever publishes stories writes them, too."""
    publishes = can(by, Capability.PUBLISH_STORIES, subject)
    require(by, Capability.PUBLISH_STORIES if publishes else Capability.WRITE_STORIES, subject)


def home_of(story: StoryPage) -> CommunityPage:
    """The community that it is told from, or 404."""
    if story.community is None:
        raise Http404
    return story.community


def draft_of(story: StoryPage) -> StoryPage:
    """The newest version, as a page object of its own."""
    draft: StoryPage = drafts.draft_of(story)
    return draft
