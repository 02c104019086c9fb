"""The first steps of a hub that are about ways in: how people sign in, and who is here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from accounts.sign_on.providers import offered
from core.first_steps import FIRST_STEPS, FirstStep
from core.text import Words
from people.models import User

ENOUGH = 2  # beside the hub team


def _people() -> Words:
    count = User.objects.filter(is_active=True, is_superuser=False).count()
    return (
        ngettext("%(n)s person has an account.", "%(n)s people have an account.", count) % {"n": count}
        if count >= ENOUGH
        else ""
    )


def _sign_on() -> Words:
    """With whom the operator lets people sign on."""
    names = ", ".join(one.label for one in offered())
    return _("People sign on with %(names)s.") % {"names": names} if names else ""


def add_steps() -> None:
    FIRST_STEPS.add(
        "sign_on",
        FirstStep(
            _("Decide how people sign in"),
            _("With your organisation’s own sign-on nobody needs another password. Your operators set it up."),
            _("See how it looks"),
            lambda: f"{reverse('account_login')}?look=1",
            _sign_on,
            by_hand=_("Passwords are enough"),
            by_hand_done=_("%(who)s decided for passwords on %(day)s."),
        ),
        order=50,
    )
    FIRST_STEPS.add(
        "people",
        FirstStep(
            _("Bring in the first people"),
            _("Begin with those who will look after communities: they bring the others."),
            _("Invite people"),
            lambda: reverse("invite"),
            _people,
            others=(
                (_("From a file"), lambda: reverse("people_from_file")),
                (_("From a directory"), lambda: reverse("directories")),
            ),
        ),
        order=60,
    )
