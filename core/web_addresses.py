"""Addresses of pages that people type: what others follow leads to the web, and to nothing that runs."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _


class WebField(forms.URLField):
    """An address on the web. Without a scheme it is taken for ``https``."""

    default_validators = [
        URLValidator(schemes=["http", "https"], message=_("Write an address such as https://www.example.org."))
    ]
    default_error_messages = {"invalid": _("Write an address such as https://www.example.org.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
