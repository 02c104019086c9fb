"""The page that ends e-mails of one kind."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.mail import stopping


@csrf_exempt  # a mail program presses the button, and it has no cookie; the signature says who asked for it
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """End the e-mails of one kind. A look at the address ends nothing."""
    try:
        person, timing = stopping.meant_by(word)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    is_stopped = request.method == "POST"
    if is_stopped:
        stopping.stop(person, timing)
    return render(request, "notifications/stop.html", {"is_stopped": is_stopped, "timing": timing.value})
