"""The answer to a form of the editor whose right has ended: what was typed is kept, and autosave says so at once."""

from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.ended_rights import why_ended
from communities.kept_texts import services
from communities.kept_texts.access import had_the_form
from communities.kept_texts.publishers import capabilities_of
from communities.kept_texts.typed_text import pieces
from communities.models import CommunityPage
from communities.rights import community_of
from core.audiences import may_see
from core.writing.ended_rights import refused
from people.models import User

LOCKED = "locked"
"""Of the words that Wagtail's script knows the one that shows ours, and goes on asking."""
FORBIDDEN = 403


def answer(request: HttpRequest, model: type[Model], thing: Model | None) -> HttpResponseBase | None:
    """``None`` for whoever never had the right: to them there is no such thing."""
    person = request.user
    if not isinstance(person, User) or not had_the_form(person, thing):
        return None
    community = community_of(thing) if thing is not None else _named_in(request, person)
    typed = pieces(request.POST, model, thing, person)
    text = services.keep(person, model, thing, community, typed) if typed else None
    if not request.accepts("text/html"):
        return _tell_the_script(text is not None)
    if text is not None:
        return redirect(text)
    if thing is None:
        return None
    because, ask = why_ended(person, capabilities_of(model), community)
    return refused(request, because, ask, "/")


def _named_in(request: HttpRequest, person: User) -> CommunityPage | None:
    """The community that a new thing was to belong to, as far as its writer may see it."""
    named = request.POST.get("community", "")
    found = CommunityPage.objects.filter(pk=named).first() if named.isdigit() and len(named) < 10 else None
    return found if found is not None and may_see(person, found) else None


def _tell_the_script(is_kept: bool) -> JsonResponse:
    words = _("This is not yours to change any more. What you typed is kept for you: press Save to read why.")
    less = _("This is not yours to change any more. Press Save to read why.")
    said = words if is_kept else less
    return JsonResponse({"success": False, "error_code": LOCKED, "error_message": said}, status=FORBIDDEN)
