"""The page that ends e-mails of one kind."""

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.notices import Timing
from core.parameters import parameter
from notifications.mail import stopping

ONE_CLICK = "List-Unsubscribe"


@csrf_exempt  # a mail program presses the button, and it has no cookie; the signature says who asked for it
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """End the e-mails of one kind. A look at the address ends nothing."""
    try:
        person, timing = stopping.meant_by(word)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    if request.method == "POST":
        return _pressed(request, word, person, timing)
    back = parameter(request, "back")
    if not stopping.is_stopped(person, timing):
        return _page(request, timing, "")
    return _page(request, timing, "stopped", back if stopping.meant_by_way_back(word, back) else "")


def _pressed(request: HttpRequest, word: str, person: int, timing: Timing) -> HttpResponse:
    """A mail program is answered at once (RFC 8058 forbids to lead it on); a person comes to a page with a way back."""
    if back := request.POST.get("back"):
        if before := stopping.meant_by_way_back(word, back):
            stopping.take_back(person, before)
        return _page(request, timing, "back" if before else "")
    back = stopping.way_back(word, stopping.stop(person, timing))
    if not back or ONE_CLICK in request.POST:
        return _page(request, timing, "stopped")
    return redirect(f"{request.path}?{urlencode({'back': back})}")


def _page(request: HttpRequest, timing: Timing, state: str, back: str = "") -> HttpResponse:
    return render(request, "notifications/stop.html", {"state": state, "timing": timing.value, "back": back})
