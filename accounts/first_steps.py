"""The first step of a hub that is about the way in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.first_steps import FIRST_STEPS, Step
from core.text import Words


def _sign_on() -> Words:
    """Whether the operator named a provider."""
    providers = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {})
    return _("People sign on with your organisation.") if any(one.get("APPS") for one in providers.values()) else ""


def add_steps() -> None:
    FIRST_STEPS.add(
        "sign_on",
        Step(
            _("Decide how people sign in"),
            _("With your organisation’s own sign-on nobody needs another password. Your operators set it up."),
            _("See how it looks"),
            lambda: reverse("account_login"),
            _sign_on,
            by_hand=_("Passwords are enough"),
            by_hand_done=_("%(who)s decided for passwords on %(day)s."),
        ),
        order=50,
    )
