"""What the page of one's sessions shows."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from people.requests import SignedInRequest

MOST = 50


def sessions_context(request: SignedInRequest) -> dict[str, Any]:
    """The newest first, this one before all others. What is over by its age is left out."""
    alive = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    sessions = list(request.user.signed_in_sessions.filter(last_seen__gt=alive).order_by("-last_seen", "-pk")[:MOST])
    here = [one for one in sessions if one.session_key == request.session.session_key]
    return {"here": here[0] if here else None, "others": [one for one in sessions if one not in here]}
