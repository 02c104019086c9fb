"""A picture is described, or said to decorate only, before a page that shows it is published."""

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
            for name, value in list(values.items()):
                if isinstance(value, AbstractImage) and not getattr(value, "is_described", True):
                    form.add_error(name, UNDESCRIBED)
        return values
