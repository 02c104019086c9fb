"""The first steps that this room knows of: e-mails arrive, and somebody read what the law asks for."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.branding import branding
from core.branding.steps import settings_url
from core.first_steps import FIRST_STEPS, FirstStep
from home.first_hour.services import SENDER
from home.models import PlainPage

READ = _("Read by %(who)s on %(day)s.")


def _page_url(slug: str) -> Callable[[], str]:
    """Where the page is edited, or read where somebody took it away."""

    def url() -> str:
        page = PlainPage.objects.filter(slug=slug).first()
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else f"/{slug}/"

    return url


def add_steps() -> None:
    FIRST_STEPS.add(
        SENDER,
        FirstStep(
            _("See that e-mails arrive"),
            _("Nobody can be invited or get a new password while other mail servers refuse the hub’s sender."),
            _("Change the sender"),
            settings_url,
            by_hand=_("They arrive"),
            by_hand_done=_("An e-mail reached %(who)s on %(day)s."),
            about=lambda: branding().sender_address,
            press=_("Send me a test e-mail"),
            press_url=lambda: reverse("home:test_mail"),
        ),
        order=40,
    )
    FIRST_STEPS.add(
        "privacy",
        FirstStep(
            _("Read what the hub says about privacy"),
            _("The hub brings a page that is true of the software. Only you can say what is true of your council."),
            _("Read and edit it"),
            _page_url("privacy"),
            by_hand=_("I have read it"),
            by_hand_done=READ,
        ),
        order=80,
    )
    FIRST_STEPS.add(
        "accessibility",
        FirstStep(
            _("Read the accessibility statement"),
            _("The law asks public bodies for one. It needs your contact, and what you know does not work."),
            _("Read and edit it"),
            _page_url("accessibility"),
            by_hand=_("I have read it"),
            by_hand_done=READ,
        ),
        order=90,
    )
