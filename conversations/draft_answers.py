"""What is answered where somebody keeps what they typed and chose, and sends it later."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.attachments.composer import ComposerFiles, waiting
from conversations.models import Conversation
from conversations.permissions import TalkRights
from conversations.services import CannotPost, draft_at, forget_draft, keep_draft, was_sent
from conversations.services.drafts import FORM, is_of_another_form
from core.writing.autosave import is_autosave, not_kept
from people.models import User
from people.requests import SignedInRequest

DISCARD = "discard"


@dataclass(frozen=True)
class Unsent:
    """What somebody typed and chose before they could not write there any more."""

    text: str
    files: ComposerFiles
    url: str
    """Where it is discarded."""
    title: str = ""

    @classmethod
    def of(
        cls, kept: Mapping[str, str], where: Conversation | CommunityPage, person: User, url: str
    ) -> "Unsent | None":
        """What is ``kept`` of a draft of theirs; ``None`` where there is none."""
        if not kept:
            return None
        return cls(kept.get("text", ""), waiting(where, person, kept), url, kept.get("title", ""))


def unsent_at(found: Conversation, part: TalkRights) -> Unsent | None:
    """For whoever reads ``found`` and may not write there: closed meanwhile, or one with another that is not theirs."""
    if not isinstance(part.person, User):
        return None
    return Unsent.of(draft_at(found, part.person), found, part.person, found.url)


def brings_files(request: HttpRequest) -> bool:
    """Whether it counts as an upload."""
    return bool(request.FILES)


def saved(
    request: SignedInRequest, where: Conversation | CommunityPage, files: ComposerFiles, typed: dict[str, str]
) -> HttpResponse | None:
    """The answer where nothing else was asked for than to keep it, or to discard it. What was chosen is kept whatever
    else was asked for. What is too long to be kept stays in its form, which says so.
    """
    if request.POST.get("deed") == DISCARD:
        discard(request, where)
        return redirect(request.path)
    typed = {**typed, **files.draft, FORM: request.POST.get("key", "")}
    try:
        if request.POST.get("deed") == "save" and not files.trouble:
            return _kept(request, where, typed)
        if files.draft:
            _see_whose_it_is(request, where)
            keep_draft(where, request.user, typed)
    except CannotPost as refusal:
        if is_autosave(request):
            return not_kept(str(refusal))
        messages.error(request, str(refusal))
        if files.draft:
            keep_draft(where, request.user, {**draft_at(where, request.user), **files.draft})
    return None


def _see_whose_it_is(request: SignedInRequest, where: Conversation | CommunityPage) -> None:
    """Raise ``CannotPost`` where the draft is what was typed into another window meanwhile."""
    if is_elsewhere(request, draft_at(where, request.user)):
        raise CannotPost(_("This is not kept: another window of yours has a newer draft of this. Send it, or copy it."))


def is_elsewhere(request: SignedInRequest, kept: Mapping[str, str]) -> bool:
    """Whether ``kept`` is no draft of the form that was sent."""
    return is_of_another_form(kept, request.POST.get("key", ""), request.POST.get("began", ""))


def was_draft_of(request: SignedInRequest, where: Conversation | CommunityPage, text: str) -> bool:
    """Whether what is kept there was sent with ``text``, so that it is no draft any more."""
    kept = draft_at(where, request.user)
    return bool(kept) and (not is_elsewhere(request, kept) or kept.get("text", "") in text)


def discard(request: SignedInRequest, where: Conversation | CommunityPage) -> None:
    """Throw away what they typed and chose there."""
    waiting(where, request.user, draft_at(where, request.user)).clear()
    forget_draft(where, request.user)
    messages.success(request, _("Your draft was discarded."))


def _kept(request: SignedInRequest, where: Conversation | CommunityPage, typed: dict[str, str]) -> HttpResponse:
    """What was typed is kept, unless it was sent meanwhile: a slow network brings it late. A script reads so, and
    whoever pressed the button stays where they are.
    """
    if not was_sent(request.user, request.POST.get("key", ""), typed.get("text", "")):
        _see_whose_it_is(request, where)
        keep_draft(where, request.user, typed)
    if is_autosave(request):
        return JsonResponse({"said": _("Kept as a draft.")})
    messages.success(request, _("Kept as a draft. It waits for you here."))
    return redirect(request.path)
