"""The first step of a hub that is about the way in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.sign_on.providers import offered
from core.first_steps import FIRST_STEPS, Step
from core.text import Words


def _sign_on() -> Words:
    """With whom the operator lets people sign on."""
    names = ", ".join(one.label for one in offered())
    return _("People sign on with %(names)s.") % {"names": names} if names else ""


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
