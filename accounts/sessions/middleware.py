"""Notices sessions: when one begins, when its key changes, and at most once an hour that it is still in use."""

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from accounts.sessions import services

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"
EVERY = 60 * 60  # seconds


class SeenSessions:
    """Middleware: it asks the database nothing where there is nothing to note."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.session.session_key
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session and request.user.is_authenticated:
            self._note(request, before)
        return response

    def _note(self, request: HttpRequest, before: str | None) -> None:
        session = request.session
        noted = session.get(SEEN) or {}
        whose, when, key = noted.get("person"), noted.get("at", 0), session.session_key
        is_known = whose == request.user.pk and bool(key)
        if is_known and before and key != before:
            services.moved(before, str(key))
        elif is_known and (_is_by_script(request) or time.time() - when < EVERY):
            return
        session[SEEN] = {"person": request.user.pk, "at": time.time()}
        if key is None:
            session.save()
        services.seen(request, str(session.session_key))


def _is_by_script(request: HttpRequest) -> bool:
    """Whether a page asks by itself, as open ones do for the number of what is new: nobody need sit before it, and a
    forgotten tab must not keep its session alive for ever.
    """
    return request.headers.get("Sec-Fetch-Dest") == "empty"
