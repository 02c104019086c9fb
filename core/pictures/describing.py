"""A picture is described, or said to decorate only, before a page that shows it is published."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage

UNDESCRIBED = _(
    "Nobody has described this picture yet. Edit the picture and write what it shows to somebody who cannot see it, or "
    "say there that it only decorates. Until then you can save a draft."
)


class AsksForDescriptions:
    """A page's form that asks for descriptions when the page is published or handed on, and not of a draft."""

    def clean(self) -> dict[str, Any]:
        form: Any = self
        values: dict[str, Any] = super().clean()  # type: ignore[misc]  # the form's
        if not form.is_deferred_validation:
            for name in undescribed(values):
                form.add_error(name, UNDESCRIBED)
        return values


def undescribed(values: Mapping[str, Any]) -> list[str]:
    """The fields whose picture nobody has described."""
    pictures = ((name, value) for name, value in values.items() if isinstance(value, AbstractImage))
    return [name for name, picture in pictures if not getattr(picture, "is_described", True)]
