"""Who reads: known while a request is answered, for what Wagtail asks without the request.

Links and pictures in text are turned into HTML by handlers that get nothing but the text. Outside a request there is no
reader, and text is written for everybody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from core.audiences import Viewer, viewer_tokens

GRANTED = "granted_tokens"
"""Where a person carries the tokens that they gave a reason for (``core.editing.reasons``)."""

_request: ContextVar[HttpRequest | None] = ContextVar("request that is being answered", default=None)


@contextmanager
def reading(request: HttpRequest) -> Iterator[None]:
    """Answer ``request``: whoever asked is the reader."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> HttpRequest | None:
    """The request that is being answered."""
    return _request.get()


def reader() -> Any:
    """Whom text is written for."""
    request = _request.get()
    return getattr(request, "user", None) or AnonymousUser()


def held_tokens(person: Viewer) -> frozenset[str]:
    """The tokens that ``person`` holds here: their own, and in the editor those that they gave a reason for."""
    granted: frozenset[str] = getattr(person, GRANTED, frozenset())
    return viewer_tokens(person) | granted
