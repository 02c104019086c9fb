"""OpenID Connect as allauth speaks it, with what it leaves out: a nonce, one subject, the right issuer, and patience
with providers that are away.
"""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from requests import RequestException

KEPT_FOR = 600  # seconds that a provider's description is kept
AWAY_FOR = 15  # seconds in which nobody else waits for a provider that did not answer
NONCE_LENGTH = 32
ISSUER = "iss"
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class ProviderUnreachable(RequestException):
    """The provider did not answer just now."""


class HubOpenID(OpenIDConnectOAuth2Adapter):
    """One provider, from our side."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, asked once in ten minutes."""
        if not hasattr(self, "_openid_config"):
            self._openid_config = self._described()
        return self._openid_config

    def _described(self) -> dict[str, Any]:
        issuer = self.get_provider().app.settings["server_url"]
        described, away = f"sign_on.{issuer}", f"sign_on.away.{issuer}"
        known: dict[str, Any] | None = cache.get(described)
        if known:
            return known
        if cache.get(away):
            raise ProviderUnreachable(issuer)
        config = self._asked(away)
        if any(not isinstance(config.get(name), str) for name in NEEDED):
            raise OAuth2Error("The provider’s description is incomplete.")
        if config["issuer"].rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error(f"The provider calls itself {config['issuer']}, and SIGN_ON_…_URL is {issuer}.")
        cache.set(described, config, KEPT_FOR)
        return config

    def _asked(self, away: str) -> dict[str, Any]:
        try:
            with get_adapter().get_requests_session() as session:
                response = session.get(self.get_provider().server_url)
                response.raise_for_status()
                config: dict[str, Any] = response.json()
        except (RequestException, ValueError):
            cache.set(away, True, AWAY_FOR)
            raise
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """What the provider says of the person, in both places where it says it, and of one person."""
        written = kwargs["response"].get("id_token")
        if not isinstance(written, str):
            raise OAuth2Error("There is no ID token.")
        told = self._decode_id_token(app, written)
        more = self._fetch_user_info(token.token)
        if not isinstance(more, dict) or not told.get("sub") or more.get("sub") != told["sub"]:
            raise OAuth2Error("The ID token and the user info are of two people.")
        _refuse_another_issuer(app, told)
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, {"id_token": told})
        login.nonce, login.claims = told.get("nonce"), {**told, **more}
        return login


def _refuse_another_issuer(app: SocialApp, told: dict[str, Any]) -> None:
    """A number means somebody to the provider that gave it. Where the operator named another one as it, the same number
    may be somebody else's: nobody is let in by it.
    """
    known = SocialAccount.objects.filter(provider=app.provider_id, uid=told["sub"]).values_list("extra_data", flat=True)
    before = (known.first() or {}).get(ISSUER)
    if before and before.rstrip("/") != str(told["iss"]).rstrip("/"):
        name = app.provider_id.upper()
        words = f"SIGN_ON={name} was {before} and is {told['iss']} now. Give the new one another name in SIGN_ON."
        raise OAuth2Error(words)


class HubProvider(OpenIDConnectProvider):
    """Takes no address and no name into an account: ``accounts.sign_on.services`` decides about these."""

    oauth2_adapter_class = HubOpenID

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards, and nothing else that stands in the address: allauth also takes scopes from it."""
        known = super().get_redirect_from_request_kwargs(request)
        return {"process": AuthProcess.LOGIN, **{name: known[name] for name in ("next_url",) if name in known}}

    def redirect(self, request: HttpRequest, process: str, **kwargs: object) -> HttpResponse:
        nonce = get_random_string(NONCE_LENGTH)
        parameters = {**self.get_auth_params(), "nonce": nonce}
        response: HttpResponse = super().redirect(request, process, auth_params=parameters, nonce=nonce, **kwargs)
        return response

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only the address, so that a later one is noticed, and who said so."""
        told = data.get("id_token", {})
        return {"email": told.get("email"), ISSUER: told.get("iss")}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []
