"""The first steps of a hub that are about what the hub is called and looks like."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.branding.current import branding
from core.first_steps import FIRST_STEPS, FirstStep
from core.text import Words

SETTLED = _("%(who)s settled it on %(day)s.")


def settings_url() -> str:
    """Where the hub team says whose hub it is."""
    return reverse("wagtailsettings:edit", args=["core", "brandingsettings"])


def _name() -> Words:
    hub = branding()
    return f"{hub.name}, {hub.body}" if hub.is_named or settings.HUB_IS_NAMED else ""


def _logo() -> Words:
    return _("Your logo stands beside the name.") if branding().logo else ""


def _cover() -> Words:
    return _("Your picture stands on the front page.") if branding().cover else ""


def add_steps() -> None:
    FIRST_STEPS.add(
        "name",
        FirstStep(
            _("Name the hub"),
            _("Its name and that of your council stand on every page and in every e-mail."),
            _("Name it"),
            settings_url,
            _name,
        ),
        order=10,
    )
    FIRST_STEPS.add(
        "logo",
        FirstStep(
            _("Give it your logo"),
            _("People know at a glance that it is theirs, also as an icon on their phone."),
            _("Choose a logo"),
            settings_url,
            _logo,
            by_hand=_("Keep the drawn one"),
            by_hand_done=SETTLED,
        ),
        order=20,
    )
    FIRST_STEPS.add(
        "cover",
        FirstStep(
            _("Show the place"),
            _("The front page opens with a wide picture. One of your own place says whose hub it is."),
            _("Choose a picture"),
            settings_url,
            _cover,
            by_hand=_("Keep the drawn one"),
            by_hand_done=SETTLED,
        ),
        order=30,
    )
