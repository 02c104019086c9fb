"""What the hub team says about its hub."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.audiences import EVERYONE
from core.fields import NameField
from core.single_line import OneLineFields
from core.versions import SITE, Versioned

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

validate_address = EmailValidator(
    message=_("Write an e-mail address with a domain, such as hub@council.example."),
    allowlist=(),  # Django's own would take "localhost"
)

LOGO_SIDE = 192  # pixels that the longer side needs: what a phone shows as an icon
LOGO_SHAPE = 5  # how many times as wide as high it may be
COVER_WIDTH = 1200


def validate_one_line(text: str) -> None:
    """A line break in a sender would begin another field of the e-mail."""
    if any(letter < " " or letter == "\x7f" for letter in text):
        raise ValidationError(_("Write it on one line."), code="line_break")


class BrandName(NameField):
    """A line that stands in e-mails' heads: a line break is refused there, not taken out."""

    def clean(self, value: object, model_instance: models.Model | None) -> Any:
        validate_one_line(str(value or ""))
        return super().clean(value, model_instance)


def _picture(label: "StrOrPromise", help_text: "StrOrPromise") -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        "core.HubImage",
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=help_text,
    )


def _address(label: "StrOrPromise", help_text: "StrOrPromise") -> "models.EmailField[str, str]":
    return models.EmailField(label, blank=True, validators=[validate_address], help_text=help_text)


@register_setting(icon="home", order=100)
class BrandingSettings(OneLineFields, Versioned, BaseGenericSetting):
    """What an empty field leaves to the environment. Every page shows something of it."""

    name = BrandName(
        _("name of the hub"), max_length=60, blank=True, help_text=_("Empty: what the operator of the hub set.")
    )
    body = BrandName(
        _("name of the council or body"),
        max_length=100,
        blank=True,
        help_text=_("Empty: what the operator of the hub set."),
    )
    logo = _picture(
        _("logo"),
        _(
            "Beside the name on every page, and as the icon on a phone. JPEG, PNG or WebP, visible to everyone, 192 "
            "pixels wide or high at least. Without one, the drawn moot hill."
        ),
    )
    cover = _picture(
        _("cover picture"),
        _(
            "A wide picture of the place, on the front page. Visible to everyone, 1200 pixels wide at least. Without "
            "one, the drawn one."
        ),
    )
    sender_address = _address(
        _("sender’s address"),
        _("E-mails of the hub come from it. Your mail server must be allowed to send for its domain."),
    )
    sender_name = BrandName(_("sender’s name"), max_length=60, blank=True, help_text=_("Empty: the name of the hub."))
    contact_address = _address(
        _("address for help"), _("Whom readers write to when their account does not work. Empty: the sender.")
    )
    contact_name = BrandName(_("name of who helps"), max_length=60, blank=True, help_text=_("Empty: “the hub’s team”."))

    version_kind = "branding"
    select_related = ("logo", "cover")
    panels: ClassVar[Sequence[Panel]] = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("body")], heading=_("Whose hub it is")),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("cover")], heading=_("Pictures")),
        MultiFieldPanel([FieldPanel("sender_address"), FieldPanel("sender_name")], heading=_("Sender of e-mails")),
        MultiFieldPanel([FieldPanel("contact_address"), FieldPanel("contact_name")], heading=_("Who helps")),
    ]

    class Meta:
        app_label = "core"
        verbose_name = _("the hub")

    def __str__(self) -> str:
        return str(_("The hub"))

    def version_scopes(self) -> set[str]:
        """Every fragment may show something of it."""
        return {*super().version_scopes(), SITE}

    def clean(self) -> None:
        super().clean()
        errors = {field: message for field in ("logo", "cover") if (message := self._refusal(field))}
        if errors:
            raise ValidationError(errors)

    def _refusal(self, field: str) -> Any:
        """Why the picture cannot stand where strangers see it."""
        picture = getattr(self, field)
        if picture is None:
            return None
        if picture.audience_token != EVERYONE:
            return _("Strangers see it too: open this picture to everyone first, or choose another one.")
        if field == "cover":
            return _("This picture is too narrow. Choose one of 1200 pixels at least.") * (picture.width < COVER_WIDTH)
        longer, shorter = max(picture.width, picture.height), min(picture.width, picture.height)
        if longer < LOGO_SIDE:
            return _("This picture is too small. Choose one that is 192 pixels wide or high at least.")
        if longer > LOGO_SHAPE * shorter:
            return _("This picture is too long and narrow to be seen beside the name. Choose a squarer one.")
        return None
