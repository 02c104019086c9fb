"""Whoever signs on with their organisation only has no password to confirm a change with: the provider confirms it."""

import time
from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.sign_on.providers import offered

GetResponse = Callable[[HttpRequest], HttpResponse]
SHOWN = {"account_email", "second_factor_help"}  # what may be looked at, and is changed with care
GUARDED = {
    *SHOWN,
    *("mfa_activate_totp", "mfa_add_webauthn", "second_factor_confirm"),
    *("held_copy", "held_download", "ask_for_erasure", "erasure", "directory_token"),
}
"""Every page that asks allauth for a reauthentication and can be reached without a password and a second factor."""


class FreshSignOn:
    """Middleware: before a change that could lock somebody out, a sign-on of the last minutes.

    Allauth asks these people for nothing. With a stolen session one could else give their account another address, or
    take away all that is held of them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in GUARDED or not request.user.is_authenticated:
            return None
        if request.method in {"GET", "HEAD"} and name in SHOWN:
            return None
        if get_adapter(request).get_reauthentication_methods(request.user):
            return None
        return self._ask(request)

    def _ask(self, request: HttpRequest) -> HttpResponse | None:
        """Nothing where they came from a provider just now; else the way there, or to a first password."""
        records = get_authentication_records(request, request.user)
        signed_on = [one for one in records if one.get("method") == "socialaccount"]
        if signed_on and time.time() - signed_on[-1].get("at", 0) < app_settings.REAUTHENTICATION_TIMEOUT:
            return None
        known = {one.key: one for one in offered()}
        key = signed_on[-1].get("provider") if signed_on else None
        if key in known:
            return redirect(f"{known[key].url}?{urlencode({'next': request.path})}")
        return redirect(reverse("account_set_password"))
