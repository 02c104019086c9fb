"""Nobody of whom a second factor is asked gets anywhere without one."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.second_factor import rule
from accounts.second_factor.setting_up import come_back_to
from core.middleware import EDITOR_PATHS

GetResponse = Callable[[HttpRequest], HttpResponse]
FILES = ("style/", "art/", "healthz", "manifest.webmanifest", "sw.js", "account/oidc/")
"""Routes that tell nobody anything, and the way to a provider."""
OPEN = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
}
OPEN_TO_SET_UP = {
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
    "account_reauthenticate",
}
"""For whoever has none yet. Whoever has one gives it first, and changes it then."""


class SecondFactor:
    """Middleware: asks this session for its second factor before anything else is answered.

    It stands at every address and not at those of the editors alone, because who runs the hub does as much from its
    other pages. Whoever is not signed in is not asked: what they may see is for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Nothing where the request may go on; else the way to the second factor."""
        if not settings.SECOND_FACTOR_FOR or _is_open(request) or not request.user.is_authenticated:
            return None
        if rule.has_given(request) or not _is_asked(request):
            return None
        return _ask_script() if _is_asked_by_a_script(request) else _ask(request)


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.view_name in OPEN or match.route.startswith(FILES))


def _is_asked(request: HttpRequest) -> bool:
    if request.path.startswith(EDITOR_PATHS):
        rule.ask_anew(request.user)
    return rule.is_asked_of(request.user)


def _ask(request: HttpRequest) -> HttpResponse | None:
    """To the page that asks for it, or to the one where it is set up. What was posted is not sent by itself later."""
    address = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    if rule.has_one(request.user):
        best, *_others = get_adapter(request).get_reauthentication_methods(request.user)
        return redirect(f"{best['url']}?{urlencode({'next': address})}")
    if key := rule.gives_it_at(request.user):  # else a stranger who knows the password sets up one of their own
        return redirect(f"{reverse('openid_connect_login', args=[key])}?{urlencode({'next': address})}")
    if request.resolver_match and request.resolver_match.view_name in OPEN_TO_SET_UP:
        return None
    come_back_to(request, address)
    return redirect("mfa_index")


def _ask_script() -> HttpResponse:
    return JsonResponse({"detail": _("Sign in again, with your second factor.")}, status=HTTPStatus.FORBIDDEN)


def _is_asked_by_a_script(request: HttpRequest) -> bool:
    wants = request.headers.get("Accept", "")
    return request.headers.get("X-Requested-With") == "XMLHttpRequest" or wants.startswith("application/json")
