"""The photograph that somebody brings with a story."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images import get_image_model

from core.audiences import Audience
from people.models import User
from stories.models import StoryPage

if TYPE_CHECKING:
    from django.core.files import File


@dataclass(frozen=True, slots=True)
class Photograph:
    """What the form says of it: a new one, what it shows, or that there is to be none."""

    file: "File[bytes] | None" = None
    shows: str = ""
    goes: bool = False


def place(story: StoryPage, photograph: Photograph, by: User) -> bool:
    """Put it on the page object; whether that changed anything. While the story is a draft the photograph is for the
    organisation, which is the narrowest that an upload can be.
    """
    if photograph.goes or photograph.file:
        story.picture = None
    if photograph.file:
        story.picture = get_image_model().objects.create(
            title=story.title[:255] or photograph.file.name,
            file=photograph.file,
            description=photograph.shows,
            audience=Audience.ORGANISATION,
            uploaded_by_user=by,
        )
        return True
    return photograph.goes or _describe(story, photograph.shows, by)


def _describe(story: StoryPage, shows: str, by: User) -> bool:
    """Other words for what one's own photograph shows. They stand on the picture, not on the page."""
    picture = story.picture
    if picture is not None and picture.uploaded_by_user_id == by.pk and shows and picture.description != shows:
        picture.description = shows
        picture.save()
    return False
