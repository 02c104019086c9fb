"""Fetching a file of a post."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from conversations.attachments.access import get_attachment
from conversations.attachments.kinds import media_type_of
from core.tags import has_it

NOTHING_RUNS = {"default-src": ["'none'"], "sandbox": []}


@require_safe
def attachment(request: HttpRequest, key: UUID) -> HttpResponse | FileResponse:
    """The file, to whoever may read its post at this moment. No browser keeps it without asking again, guesses what it
    is, or opens anything but a picture.
    """
    found = get_attachment(request, key)
    tag = f'"{found.key.hex}"'
    response: HttpResponse | FileResponse
    if has_it(request, tag):
        response = HttpResponseNotModified()
    else:
        try:
            stored = found.opened()
        except OSError as error:
            raise Http404 from error
        response = FileResponse(
            stored, as_attachment=not found.is_picture, filename=found.name, content_type=media_type_of(found.name)
        )
        response["X-Content-Type-Options"] = "nosniff"
        response._csp_config = NOTHING_RUNS  # type: ignore[attr-defined]  # read by the policy's middleware
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
