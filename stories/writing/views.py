"""Telling a story: the list of one's drafts, the form, its preview, and what those answer who publish."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.content_writing.access import WritablePage
from communities.content_writing.forms import ContentForm
from communities.content_writing.views import WritingPages
from communities.models import CommunityPage
from communities.rights import can
from core.pictures.shown import ON_ITS_PAGE, photograph_of
from people.requests import SignedInRequest
from stories.models import StoryPage
from stories.named.listings import names_context
from stories.writing.fields import only_in_the_editor
from stories.writing.forms import StoryWritingForm
from stories.writing.kinds import WRITING
from stories.writing.listings import mine_context


class StoryWriting(WritingPages[StoryPage]):
    """Whoever may write and not publish sends it to those who publish."""

    writing = WRITING
    form = StoryWritingForm
    namespace = "stories"

    def found_by_writer(self, request: SignedInRequest) -> dict[str, Any]:
        return mine_context(request)

    def form_for(self, request: SignedInRequest, community: CommunityPage, *posted: Any, **said: Any) -> ContentForm:
        may_speak = bool(can(request.user, Capability.SPEAK, community))
        return StoryWritingForm(*posted, community=community, may_speak=may_speak, **said)

    def beside(self, draft: StoryPage) -> dict[str, str]:
        return {"shows": draft.picture.description if draft.picture else ""}

    def only_in_the_editor(self, draft: StoryPage) -> list[str]:
        return only_in_the_editor(draft)

    def published(self, request: SignedInRequest, page: StoryPage) -> HttpResponse:
        messages.success(request, _("Your story is published."))
        return redirect(page.url)

    def shown_beside(self, request: SignedInRequest, found: WritablePage[StoryPage]) -> dict[str, Any]:
        return {
            "names": names_context(found.draft, request.user),
            "photograph": photograph_of(found.draft, request.user, ON_ITS_PAGE),
        }
