"""Allauth's second factors, by the hub's rules."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _, gettext_lazy

from accounts.second_factor import encryption, rule
from core.branding import branding
from core.text import Words
from people.models import User


class HubSecondFactor(DefaultMFAAdapter):
    """Encrypts secrets, and leaves nobody without the factor that is asked of them."""

    error_messages: ClassVar[dict[str, Words]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is not right. Codes change every half minute and work once; check your phone’s clock, too."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "A second factor is asked of you, and this is your only one. Set up another first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (rule.is_asked_of(authenticator.user) and rule.is_last(authenticator))

    def get_totp_issuer(self) -> str:
        return branding().name

    def _get_site_name(self) -> str:
        return branding().name

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's word)
        has_some = Authenticator.objects.filter(user=user, type=type).exists()
        return _("Another passkey") if has_some else _("My passkey")
