"""What is answered where somebody keeps what they typed and chose, and sends it later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.attachments.composer import ComposerFiles
from conversations.models import Conversation
from conversations.services import CannotPost, draft_at, keep_draft, was_sent
from core.writing.autosave import is_autosave, not_kept
from people.requests import SignedInRequest


def brings_files(request: HttpRequest) -> bool:
    """Whether it counts as an upload."""
    return bool(request.FILES)


def saved(
    request: SignedInRequest, where: Conversation | CommunityPage, files: ComposerFiles, typed: dict[str, str]
) -> HttpResponse | None:
    """The answer where nothing else was asked for than to keep it. What was chosen is kept whatever was asked for. What
    is too long to be kept stays in its form, which says so.
    """
    typed = {**typed, **files.draft}
    try:
        if request.POST.get("deed") == "save" and not files.trouble:
            return _kept(request, where, typed)
        if files.draft:
            keep_draft(where, request.user, typed)
    except CannotPost as refusal:
        if is_autosave(request):
            return not_kept(str(refusal))
        messages.error(request, str(refusal))
        if files.draft:
            keep_draft(where, request.user, {**draft_at(where, request.user), **files.draft})
    return None


def _kept(request: SignedInRequest, where: Conversation | CommunityPage, typed: dict[str, str]) -> HttpResponse:
    """What was typed is kept, unless it was sent meanwhile: a slow network brings it late. A script reads so, and
    whoever pressed the button stays where they are.
    """
    if not was_sent(request.user, request.POST.get("key", ""), typed.get("text", "")):
        keep_draft(where, request.user, typed)
    if is_autosave(request):
        return JsonResponse({"said": _("Kept as a draft.")})
    messages.success(request, _("Kept as a draft. It waits for you here."))
    return redirect(request.path)
