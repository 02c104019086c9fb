"""Starting a surgery: the form, its preview, and publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.content_writing.views import WritingPages
from people.requests import SignedInRequest
from surgeries.models import SurgeryPage
from surgeries.writing.fields import is_only_in_the_editor
from surgeries.writing.forms import SurgeryForm
from surgeries.writing.kinds import WRITING


class SurgeryWriting(WritingPages[SurgeryPage]):
    """When it is held is asked once it is published."""

    writing = WRITING
    form = SurgeryForm
    namespace = "surgeries"
    begun = {"for_whom": "both"}

    def only_in_the_editor(self, draft: SurgeryPage) -> list[str]:
        return ["description"] if is_only_in_the_editor(draft) else []

    def published(self, request: SignedInRequest, page: SurgeryPage) -> HttpResponse:
        if page.sessions.exists():
            return super().published(request, page)
        messages.success(request, _("It is published. Say when it is held."))
        return redirect("surgeries:dates", pk=page.pk)
