"""How allauth lets people in from a provider: by ``accounts.sign_on.services``, and in no other way."""

import hmac
import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.sign_on import services
from accounts.sign_on.admission import admission_of
from accounts.sign_on.providers import named
from people.fields import one_address
from people.models import User

logger = logging.getLogger(__name__)


class KnownProvidersOnly(DefaultSocialAccountAdapter):
    """Only the operator's providers, and only people whom the rules, a proved address or an invitation let in."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Those of the settings; allauth would also take some from the database, and ask it at every page."""
        from allauth.socialaccount.adapter import _build_apps_from_settings  # noqa: PLC0415 (allauth has no public one)

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find, join or make the person; a page says why not."""
        expected, told = sociallogin.state.get("nonce"), getattr(sociallogin, "nonce", None)
        key = sociallogin.account.provider
        if not (isinstance(expected, str) and isinstance(told, str) and hmac.compare_digest(expected, told)):
            self._refuse(request, key, services.SignOnRefused("not_asked_for"))
        if sociallogin.is_existing:
            self._tell_of_another_address(request, sociallogin)
            return
        try:
            account = services.admit(
                key, sociallogin.account.uid, sociallogin.claims, lambda email: admission_of(request, email)
            )
        except services.SignOnRefused as refusal:
            self._refuse(request, key, refusal)
        else:
            sociallogin.account, sociallogin.user = account, account.user

    def _tell_of_another_address(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """They are known by the provider's number. That it has another address for them changes none here."""
        told, ours = sociallogin.claims.get("email"), sociallogin.user.email
        if isinstance(told, str) and told and one_address(told) != ours:
            said = _("%(provider)s has another address for you: %(told)s. You are known here as %(ours)s.")
            words = {"provider": named(sociallogin.account.provider), "told": told[:254], "ours": ours}
            messages.info(request, said % words)

    def _refuse(self, request: HttpRequest, key: str, refusal: services.SignOnRefused) -> None:
        logger.warning("A sign-on by %s was refused: %s.", key, refusal.why)
        context = {"why": refusal.why, "email": refusal.email, "provider": named(key)}
        raise ImmediateHttpResponse(render(request, "accounts/sign_on_refused.html", context, status=403))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Not here: who is joined by an address is decided once, with its proof."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        person: User = sociallogin.user
        return person
