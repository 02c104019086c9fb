"""What stories hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData
from core.text import plain_text
from people.models import User
from stories.models import StoryPage
from stories.named.choices import ConsentState
from stories.named.models import NamedPerson


def _told(person: User) -> list[dict[str, object]]:
    """The words of what they told; those who told it with them are not named."""
    stories = StoryPage.objects.filter(author_links__person=person).distinct().order_by("pk")
    return [
        {"title": story.title, "summary": story.summary, "told on": story.told_on}
        | {str(heading): plain_text(words) for _name, heading, words in story.parts}
        | {"text": plain_text(story.body)}
        for story in stories
    ]


def _named(person: User) -> list[dict[str, object]]:
    """Where they are named, as far as they were asked, and what they said."""
    rows = (
        NamedPerson.objects.filter(person=person)
        .exclude(state=ConsentState.WAITING)
        .select_related("story")
        .order_by("pk")
    )
    return [
        {
            "story": one.story.title if one.story and one.story.live else "",
            "answer": one.state,
            "your word": one.word,
            "asked": one.asked_at,
            "answered": one.answered_at,
        }
        for one in rows
    ]


HELD = (
    PersonalData(
        "consent",
        _("Stories that name you"),
        _("Where you were asked whether a story may name you, and what you said."),
        rows=_named,
        covers=("stories.NamedPerson.person", "stories.NamedPerson.asked_by"),
        goes=_("Your name, from every version of those stories. Something neutral stands there instead."),
    ),
    PersonalData(
        "stories",
        _("Stories that you told"),
        _("The stories that name you among those who told them."),
        rows=_told,
        covers=("stories.StoryAuthor.person",),
        stays=_("The story, because it is its community’s and others told it with you. Your name goes from it."),
    ),
)
