"""The photograph that somebody brings with a story: there is one, in the place of the drawn print."""

from communities.content_writing.photographs import ChosenPhotograph, upload
from people.models import User
from stories.models import StoryPage


def place(story: StoryPage, photograph: ChosenPhotograph, by: User) -> bool:
    """Put it on the page object; whether that changed anything."""
    brought = upload(photograph, story.title, by, story.community) if photograph.is_new else None
    if brought is not None:
        before, story.picture = story.picture_id, brought
        return bool(before != brought.pk)
    if photograph.goes:
        story.picture = None
    return photograph.goes or _describe(story, photograph.shows, by)


def _describe(story: StoryPage, shows: str, by: User) -> bool:
    """Other words for what one's own photograph shows. They stand on the picture, not on the page."""
    picture = story.picture
    if picture is not None and picture.uploaded_by_user_id == by.pk and shows and picture.description != shows:
        picture.description = shows
        picture.save()
    return False
