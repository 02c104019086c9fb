"""One session, and calendars."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core.branding import branding
from core.secret_urls import number_of
from people.models import CALENDAR, User
from surgeries.calendars import calendar_of
from surgeries.listings import session_context, sessions_shown_to
from surgeries.models import Session

KEPT = timedelta(days=60)
"""How long a session that is over stays in the feed."""
FEED_LIMIT = 1000


def get_session(request: HttpRequest, pk: int) -> Session:
    """The session ``pk`` that this viewer may see, or 404."""
    found: Session = get_object_or_404(sessions_shown_to(request.user), pk=pk)
    return found


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One date of a surgery."""
    return render(request, "surgeries/session.html", session_context(request, get_session(request, pk)))


@require_safe
def session_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One session for the reader's calendar."""
    found = get_session(request, pk)
    return _calendar_response(request, [found], f"session-{pk}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All public sessions, to subscribe to."""
    return _feed_for(request, AnonymousUser())


@require_safe
def personal_feed(request: HttpRequest, key: str) -> HttpResponse:
    """All sessions that one person may see. A calendar cannot sign in, so the address itself is the secret."""
    return _feed_for(request, get_object_or_404(User, calendar_number=number_of(key, CALENDAR), is_active=True))


def _feed_for(request: HttpRequest, viewer: User | AnonymousUser) -> HttpResponse:
    recent = sessions_shown_to(viewer).filter(ends__gte=timezone.now() - KEPT).order_by("starts", "pk")
    hub = branding()
    name = f"{hub.name}, {hub.body}"
    return _calendar_response(request, recent[:FEED_LIMIT], "surgeries.ics", name)


def _calendar_response(
    request: HttpRequest, sessions: Iterable[Session], filename: str, name: str = ""
) -> HttpResponse:
    base_url = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(calendar_of(sessions, base_url, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    patch_cache_control(response, private=True, max_age=300)
    return response
