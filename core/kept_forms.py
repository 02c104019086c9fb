"""Forms that were sent after the session had ended: kept in the browser's session until its person signs in.

They are kept for an hour, shown to whoever signs in with this browser, and never sent by themselves. What is too much
to keep is shown at once, on a page that can stay open while somebody signs in beside it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.audiences import Viewer
from core.links import title_above
from core.network import network
from core.rate_limits import limit
from core.registry import Registry
from core.typed_forms import TypedField, shown, typed

GetResponse = Callable[[HttpRequest], HttpResponse]
SESSION = "kept_forms"
KEPT_FOR = timedelta(hours=1)
MOST, LONGEST = 3, 200_000  # forms of one browser, and letters of all fields of one
TITLES: Registry[Callable[[str, Viewer], str]] = Registry("what forms that are kept go to", taken_by="core")
"""Each gets the path that a form goes to and its person, and says what the thing there is called, or nothing."""
DOORS = ("account_login", "wagtailadmin_login", "admin:login")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form, and where it was to go: ``title`` is empty where its person may not see that, or it has none."""

    address: str
    fields: list[TypedField]
    title: str = ""


class KeptForms:
    """Middleware: whoever sends a form and is led to sign in finds it again afterwards."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if request.user.is_authenticated:
            _forget_what_was_taken(request, response)
        elif _leads_to_sign_in(response) and not request.path.endswith("/login/") and _is_sent_by_a_person(request):
            return keep(request)
        elif _leads_to_sign_in(response) and request.headers.get("Accept", "").startswith("application/json"):
            return _tell_the_script()
        return response


def keep(request: HttpRequest) -> HttpResponse:
    """Keep the form of this request, and lead to the sign-in and from there to it."""
    address, fields = request.get_full_path(), typed(request)
    fits = len(json.dumps(fields)) <= LONGEST and limit("kept_forms").take("network", network(request))
    if not fits:
        context = {"forms": [KeptForm(address, shown(fields))], "is_open": True}
        return render(request, "core/kept_forms.html", context, status=401)
    others = {at: form for at, form in _kept(request).items() if at != address}
    newest = dict(list(others.items())[-MOST + 1 :])
    request.session[SESSION] = {**newest, address: {"fields": fields, "until": _now() + KEPT_FOR.total_seconds()}}
    request.session.set_expiry(KEPT_FOR)  # signing in sets another
    messages.info(request, _("You were signed out. What you typed is kept: sign in, and send it from there."))
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': reverse('kept_forms')})}")


def _tell_the_script() -> JsonResponse:
    """What keeps a form while somebody types says at once that they are signed out, in the editor's words and ours."""
    words = _("You were signed out. Press Save: what you typed is kept, and you sign in and send it.")
    return JsonResponse({"said": words, "success": False, "error_code": "locked", "error_message": words}, status=401)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept_forms(request: HttpRequest) -> HttpResponse:
    """What was kept, to be sent or thrown away."""
    if request.method == "POST":
        _forget(request, request.POST.get("address", ""))
        return redirect("kept_forms")
    forms = [
        KeptForm(address, shown(form["fields"]), _title(urlsplit(address).path, request.user))
        for address, form in _kept(request).items()
    ]
    return render(request, "core/kept_forms.html", {"forms": forms}) if forms else redirect("/")


def _title(path: str, person: Viewer) -> str:
    return next(filter(None, (titled(path, person) for titled in TITLES)), "") or title_above(path)


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(SESSION, {})
    return {address: form for address, form in kept.items() if form["until"] > _now()}


def _forget(request: HttpRequest, address: str) -> None:
    if address in request.session.get(SESSION, {}):
        request.session[SESSION] = {at: form for at, form in _kept(request).items() if at != address}


def _forget_what_was_taken(request: HttpRequest, response: HttpResponse) -> None:
    """A form that arrived, or came back with what is wrong with it. What was refused unread is kept on."""
    if response.status_code not in {401, 403, 429} and response.status_code < 500:
        _forget(request, request.get_full_path())


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path in map(reverse, DOORS)


def _is_sent_by_a_person(request: HttpRequest) -> bool:
    """Not by a script, which asks for something else than a page."""
    headers = request.headers
    is_navigation = headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and "X-Requested-With" not in headers
    return is_navigation and "text/html" in headers.get("Accept", "text/html")


def _now() -> float:
    return timezone.now().timestamp()
