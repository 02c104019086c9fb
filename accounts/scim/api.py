"""The way in of a directory: a token, limits, and errors as SCIM has them."""

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import (
    Error,
    ForbiddenException,
    InvalidSyntaxException,
    PayloadTooLargeException,
    SCIMException,
    UnauthorizedException,
)

from accounts.scim import tokens
from accounts.scim.choices import TokenScope
from accounts.scim.models import DirectoryToken
from accounts.scim.resources import POLICY
from core.network import network
from core.rate_limits import Limit, limit

logger = logging.getLogger(__name__)
TYPE = "application/scim+json"
LARGEST = 1024 * 1024  # bytes of a body
TOO_LARGE = "The body is larger than a megabyte. Send less at once."
READS = frozenset({"GET", "HEAD"})
Payload = dict[str, Any]
ScimView = Callable[..., HttpResponse]


class TooManyRequests(Exception):
    """The directory is to wait for so many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def answer(payload: Payload, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(json.dumps(payload), status=status, content_type=TYPE, headers=headers)


def refused(status: int, detail: str, scim_type: str = "", headers: Mapping[str, str] | None = None) -> HttpResponse:
    """An error, with a sentence that the directory's log shows."""
    error = Error(status=status, scim_type=scim_type or None, detail=" ".join(detail.split())[:500])
    return answer(error.model_dump(), status, headers)


def scim(*methods: str, writes_groups: bool = False) -> Callable[[ScimView], ScimView]:
    """A view of a directory: it gets the request and the token. No cookie is read, and no session begins."""

    def decorator(view: ScimView) -> ScimView:
        @csrf_exempt
        @wraps(view)
        def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                with POLICY:
                    token = _signed_in(request)
                    if request.method not in methods:
                        allowed = {"Allow": ", ".join(methods)}
                        return refused(HTTPStatus.METHOD_NOT_ALLOWED, "This cannot be done here.", headers=allowed)
                    _ask_scope(request, token, writes_groups=writes_groups)
                    return view(request, token, *args, **kwargs)
            except TooManyRequests as error:
                detail = f"Too many requests. Go on in {error.wait} seconds."
                return refused(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(error.wait)})
            except UnauthorizedException as error:
                return refused(HTTPStatus.UNAUTHORIZED, str(error), headers={"WWW-Authenticate": "Bearer"})
            except ValidationError as error:
                return _invalid(error)
            except SCIMException as error:
                return refused(error.status, _first_sentence(error), error.scim_type)

        return wrapper

    return decorator


def _signed_in(request: HttpRequest) -> DirectoryToken:
    """Wrong tokens are counted for each network, requests for each directory. A good token is looked for first: those
    who guess behind the same address hold up no directory.
    """
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        _within(limit("directory_tokens"), network(request))
        raise UnauthorizedException(detail="This token is unknown, withdrawn or too old. Ask the hub team for another.")
    _within(limit("directories"), token.directory_id)
    tokens.note_use(token)
    return token


def _within(chosen: Limit, who: object) -> None:
    if not chosen.take(who):
        raise TooManyRequests(chosen.wait(who))


def _ask_scope(request: HttpRequest, token: DirectoryToken, *, writes_groups: bool) -> None:
    if request.method in READS:
        return
    if token.scope == TokenScope.READ or (writes_groups and token.scope != TokenScope.ALL):
        raise ForbiddenException(detail="This token may not write that.")


def body_of(request: HttpRequest) -> Payload:
    """The JSON object that was sent."""
    try:
        sent = request.body
    except RequestDataTooBig as error:
        raise PayloadTooLargeException(detail=TOO_LARGE) from error
    if len(sent) > LARGEST:
        raise PayloadTooLargeException(detail=TOO_LARGE)
    try:
        payload = json.loads(sent)
        plain = json.dumps(payload)
    except (ValueError, RecursionError) as error:
        raise InvalidSyntaxException(detail="The body is no JSON.") from error
    if not isinstance(payload, dict):
        raise InvalidSyntaxException(detail="The body is no JSON object.")
    if "\\u0000" in plain:
        raise InvalidSyntaxException(detail="The body has a zero byte in it.")
    return payload


def _invalid(error: ValidationError) -> HttpResponse:
    found = Error.from_validation_error(error.errors()[0])
    return refused(found.status or HTTPStatus.BAD_REQUEST, found.detail or "It is not valid.", found.scim_type or "")


def _first_sentence(error: SCIMException) -> str:
    """What a model says of a bad value runs over several lines, with the address of its documentation."""
    lines = [line.strip() for line in str(error).splitlines() if "For further information" not in line]
    return " ".join(lines)
