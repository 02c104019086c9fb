"""How views and services about a story get it, for whoever writes on it."""

from django.http import HttpRequest

from communities.content_writing import access
from communities.content_writing.access import WritablePage
from communities.models import CommunityPage
from core.writing import drafts
from people.models import User
from stories.models import StoryPage
from stories.writing.kinds import WRITING


def get_story(request: HttpRequest, pk: int) -> WritablePage[StoryPage]:
    """The story that this viewer writes on, or 404."""
    return access.get_written(request, WRITING, pk)


def require_writing(by: User, subject: CommunityPage | StoryPage) -> None:
    """For services. Whoever publishes stories writes them, too."""
    access.require_writing(WRITING, by, subject)


def draft_of(story: StoryPage) -> StoryPage:
    """The newest version, as a page object of its own."""
    draft: StoryPage = drafts.draft_of(story)
    return draft
