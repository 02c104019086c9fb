"""What stories hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import Holding
from core.text import plain_text
from people.models import User
from stories.models import StoryPage


def _told(person: User) -> list[dict[str, object]]:
    """The words of what they told; those who told it with them are not named."""
    stories = StoryPage.objects.filter(author_links__person=person).distinct().order_by("pk")
    return [
        {"title": story.title, "summary": story.summary, "told on": story.told_on}
        | {str(heading): plain_text(words) for _name, heading, words in story.parts}
        | {"text": plain_text(story.body)}
        for story in stories
    ]


HELD = (
    Holding(
        "stories",
        _("Stories that you told"),
        _("The stories that name you among those who told them."),
        rows=_told,
        covers=("stories.StoryAuthor.person",),
        stays=_("The story, because it is its community’s and others told it with you. Your name goes from it."),
    ),
)
