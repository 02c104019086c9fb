"""What the script that keeps a form while somebody types asks for, and what it is told."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.writing.merging import Values, fingerprint

CONFLICT, UNPROCESSABLE = 409, 422


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def kept(address: str, values: Values) -> JsonResponse:
    """It is kept; ``address`` is where the form goes from now on."""
    words = _("Kept at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
    return JsonResponse({"said": words, "url": address, "seen": fingerprint(values)})


def not_kept(refusal: str = "", *, meanwhile: bool = False) -> JsonResponse:
    also = _("Somebody else wrote on it. Press Save to see both.") if meanwhile else _("Not kept: see below.")
    return JsonResponse({"said": refusal or also}, status=CONFLICT if meanwhile else UNPROCESSABLE)
