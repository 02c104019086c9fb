"""What stories say of somebody's interests."""

from collections.abc import Iterable

from indexing.documents import key_for
from people.models import User
from reading.interests import Since
from stories.models import StoryAuthor, StoryPage


def stories_told_by(person: User) -> Iterable[tuple[str, Since]]:
    """What they told, the newest first."""
    told = StoryAuthor.objects.filter(person=person).order_by("-story__told_on", "-story_id")
    return ((key_for(StoryPage, pk), day) for pk, day in told.values_list("story_id", "story__told_on"))
