"""The way to a provider, and back."""

import logging
from http import HTTPStatus
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from accounts.sign_on.openid import HubOpenID
from accounts.sign_on.providers import named

logger = logging.getLogger(__name__)
TROUBLE = (RequestException, OAuth2Error, ValueError, KeyError, TypeError)
"""What comes of a provider that is away, slow, or answers what nobody can read."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider, once somebody presses the button: a link alone signs nobody in."""
    provider = _provider(request, provider_id)
    if request.method != "POST":
        return render(request, "accounts/sign_on.html", {"provider": provider})
    try:
        response: HttpResponse = provider.redirect_from_request(request)
    except TROUBLE as error:
        return _in_trouble(request, provider_id, error)
    return response


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    _provider(request, provider_id)
    view = OAuth2CallbackView.adapter_view(HubOpenID(request, provider_id))
    try:
        response: HttpResponse = view(request)
    except TROUBLE as error:
        return _in_trouble(request, provider_id, error)
    return response


def _provider(request: HttpRequest, key: str) -> Any:
    try:
        return get_adapter(request).get_provider(request, provider=key)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def _in_trouble(request: HttpRequest, key: str, error: Exception) -> HttpResponse:
    logger.warning("The provider %s could not be asked (%s: %s).", key, type(error).__name__, error)
    context = {"provider": named(key)}
    return render(request, "accounts/sign_on_trouble.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
