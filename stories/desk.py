"""What of stories lies on the editor's desk."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from communities.choices import Capability
from communities.desk import DEEDS, DeskAction
from communities.models import CommunityPage
from core.desk.rows import SHOWN, WAITING, DeskLink, DeskRow, Rows, add_rows
from stories.writing.listings import sent_to


def sent(request: HttpRequest) -> Rows:
    """Stories that others ask me to publish."""
    rows = [
        DeskRow(
            story.draft_title,
            reverse("stories:write", args=[story.pk]),
            _("story"),
            gettext("%(person)s asks you to publish it.") % {"person": story.owner} if story.owner else "",
            story.latest_revision_created_at,
        )
        for story in sent_to(request.user)[:SHOWN]
    ]
    return Rows(rows, DeskLink(_("All that was sent to you"), reverse("stories:mine")))


def told_from(communities: Sequence[CommunityPage]) -> dict[int, str]:
    return {each.pk: reverse("stories:start", args=[each.slug]) for each in communities}


def lay_out() -> None:
    """Put it on the desk."""
    writes = [Capability.WRITE_STORIES, Capability.PUBLISH_STORIES]
    add_rows(WAITING, "stories", sent, order=10)
    DEEDS.add("a story", DeskAction(_("New story"), writes, told_from), order=10)
