"""In the editor of a story: whom it names, what they said, and the way to the list."""

from typing import TYPE_CHECKING, Any, cast

from wagtail.admin.panels import HelpPanel

from communities.approval.requests import is_waiting
from communities.choices import Capability
from communities.rights import answers
from core.audiences import Viewer
from stories.named.gate import named_in
from stories.named.listings import listed

if TYPE_CHECKING:
    from wagtail.models import Page

    from stories.named.story import StoryRow


def opens_the_list(person: Viewer, story: "StoryRow") -> bool:
    """Its writer, and those who publish it for its community once it is with them, ask whoever is named."""
    if story.pk is None or story.community is None:
        return False
    found = answers(person, (Capability.WRITE_STORIES, Capability.PUBLISH_STORIES), story.community)
    publishes, writes = bool(found[Capability.PUBLISH_STORIES]), bool(found[Capability.WRITE_STORIES])
    if story.owner_id == person.pk:
        return publishes or writes
    return publishes and (story.live or is_waiting(cast("Page", story)))


class NamesPanel(HelpPanel):
    """Nothing is changed in it: asking somebody happens on the hub's own pages."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "stories/consent/in_editor.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            story: StoryRow = self.instance
            people = named_in(story) if story.pk else []
            context: dict[str, Any] = super().get_context_data(parent_context)
            more = {"people": listed(story, people), "opens": opens_the_list(self.request.user, story)}
            return {**context, **more, "story": story}
