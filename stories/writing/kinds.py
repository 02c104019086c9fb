"""What writing needs to know of stories."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.content_writing.kinds import Needs, Writing
from core.writing.merging import Values
from people.models import User
from stories.models import StoryAuthor, StoryIndexPage, StoryPage
from stories.writing.fields import KIND, NEEDED


def _made(story: StoryPage, by: User) -> None:
    story.author_links.add(StoryAuthor(person=by))


def _goes_out(story: StoryPage) -> None:
    story.told_on = timezone.localdate()


def _needs(story: StoryPage, typed: Values) -> Needs | None:
    """What is said for a community, or shall be, is for those who speak for it."""
    if not (story.speaks or typed.get("speaks")):
        return None
    return Needs(Capability.SPEAK, _("This is said for the community. Only those who speak for it change it."))


WRITING = Writing(
    StoryPage,
    StoryIndexPage,
    Capability.WRITE_STORIES,
    KIND,
    NEEDED,
    made=_made,
    goes_out=_goes_out,
    publishing=Capability.PUBLISH_STORIES,
    needs=_needs,
)
