"""Whom and what one can name, offered to the script that stands by while one types."""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from communities.access import get_community
from conversations.access import get_part
from conversations.mentions.candidates import begun_in, offered
from conversations.mentions.names import Mentionable
from conversations.models import Conversation
from conversations.permissions import part_of
from core.audiences import Audience
from core.parameters import parameter
from core.rate_limits import limited
from people.away import away_on

LONGEST = 60  # letters of a beginning
KINDS = {"person": "person", "community": "people", "role": "role"}


@require_safe
@limited("suggestions", methods=("GET",))
@cache_control(private=True, no_store=True)
def in_conversation(request: HttpRequest, pk: int) -> JsonResponse:
    """For whoever may write there."""
    conversation, part = get_part(request, pk)
    if not part.replies(conversation):
        raise Http404
    return _offered(request, conversation)


@require_safe
@limited("suggestions", methods=("GET",))
@cache_control(private=True, no_store=True)
def in_community(request: HttpRequest, slug: str) -> JsonResponse:
    """For whoever begins a conversation there, with the readers that the form says."""
    community = get_community(request, slug)
    if not part_of(request.user, community).begins:
        raise Http404
    audience = parameter(request, "audience")
    return _offered(request, begun_in(community, audience if audience in Audience.values else community.audience))


def _about(named: Mentionable) -> str:
    """What tells it from another; of somebody who is away that they are, and who stands in."""
    away = away_on(named.pk) if named.kind == "person" else None
    return " · ".join(filter(None, (str(away or ""), named.about)))


def _offered(request: HttpRequest, conversation: Conversation) -> JsonResponse:
    found = offered(parameter(request, "q")[:LONGEST], conversation, request.user)
    rows = [{"insert": words, "title": named.name, "about": _about(named)} for named, words in found]
    count = len(rows)
    said = ngettext("%(n)s name to choose from.", "%(n)s names to choose from.", count) % {"n": count} if count else ""
    return JsonResponse({"offered": rows, "said": said})
