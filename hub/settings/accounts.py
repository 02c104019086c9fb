"""How people come in, beside passwords: a second factor, and the organisation's own single sign-on."""

from hub.settings import sign_on
from hub.settings.environment import env

# -- a second factor ---------------------------------------------------------------------------------------------------
SECOND_FACTOR_FOR = env.list("SECOND_FACTOR_FOR", default=[])
"""Of whom one is asked at every sign-in: names of ``accounts.second_factor.rule.RULES``. Others may have one."""
SECOND_FACTOR_KEYS = env.list("SECOND_FACTOR_KEYS", default=[])
"""What encrypts the secrets of code apps and the recovery codes: the first writes, all read. None: ``SECRET_KEY``."""
MFA_ADAPTER = "accounts.second_factor.adapter.HubSecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a claimed address counts for nothing here, and must not stand in the way
MFA_TOTP_TOLERANCE = 1  # half a minute: clocks differ
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}  # a whole office comes in at nine; a passkey cannot be guessed
MFA_FORMS = {
    "authenticate": "accounts.second_factor.forms.CodeForm",
    "reauthenticate": "accounts.second_factor.forms.CodeAgainForm",
    "activate_totp": "accounts.second_factor.forms.FirstCodeForm",
    "add_webauthn": "accounts.second_factor.forms.NewPasskeyForm",
    "login_webauthn": "accounts.second_factor.forms.PasskeyAloneForm",
    "edit_webauthn": "accounts.second_factor.forms.PasskeyNameForm",
}

# -- single sign-on ----------------------------------------------------------------------------------------------------
SIGN_ON = sign_on.providers(env)
SIGN_ON_ONLY = env.list("SIGN_ON_ONLY", default=[])  # kinds of people whose passwords here are of no use, such as staff
SOCIALACCOUNT_ADAPTER = "accounts.sign_on.adapter.KnownProvidersOnly"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "accounts.sign_on.openid.HubProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": SIGN_ON,
    }
}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds that a provider has for an answer
