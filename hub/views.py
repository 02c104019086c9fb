"""Views of the ground floor: the way into the editor, uploaded files, pages not found, and forms grown old."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils._os import safe_join
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.audiences import may_see
from core.models import HubImage, HubRendition
from core.typed_forms import is_from_here, is_password, shown, typed, words_of

SAFE_TO_SHOW = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}


def way_in(request: HttpRequest, inside: str, may_enter: Callable[[Any], bool]) -> HttpResponse:
    """The door of the editor or of Django's admin: the hub's own sign-in, for whoever is not signed in.

    Somebody who is signed in and is sent here nevertheless may not enter. They get 404: signing in again would send
    them round in a circle.
    """
    if not request.user.is_authenticated:
        onwards = urlencode({"next": request.GET.get("next") or reverse(inside)})
        return redirect(f"{reverse('account_login')}?{onwards}")
    if not may_enter(request.user):
        raise Http404
    return redirect(inside)


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """An uploaded picture, to those who may see it.

    Files for download have a view of Wagtail's own. Whatever is not a known picture is not served at all.
    """
    if "\0" in path or PurePosixPath(path).suffix.lower() not in SAFE_TO_SHOW or not _may_fetch(request, path):
        raise Http404
    try:
        safe_join(default_storage.location, path)  # type: ignore[attr-defined]  # FileSystemStorage has it
        response = FileResponse(default_storage.open(path))
    except (OSError, ValueError) as error:
        raise Http404 from error
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _may_fetch(request: HttpRequest, path: str) -> bool:
    if path.startswith("people/"):
        return get_user_model()._default_manager.filter(photo=path).shown_to(request.user).exists()
    image = HubImage.objects.filter(file=path).first()
    if image is None:
        rendition = HubRendition.objects.filter(file=path).select_related("image").first()
        image = rendition.image if rendition else None
    return image is not None and may_see(request.user, image)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there, or that is closed to whoever asks: both look alike. What somebody sent to a form that
    was taken away while they wrote comes back to be copied. Forms of other sites never come as far as a view.
    """
    came_so_far = request.resolver_match is not None and request.user.is_authenticated
    fields = words_of(request) if came_so_far else []
    return render(request, "404.html", {"typed": fields}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long: what was typed comes back, to be sent with a press.

    Not where another site may have sent it: a reader would press the button for them. Nor where a password was typed,
    which no page shows again.
    """
    may_return = is_from_here(request) and not any(map(is_password, request.POST))
    fields = shown(typed(request)) if may_return else []
    return render(request, "403_csrf.html", {"fields": fields}, status=403)
