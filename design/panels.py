"""Panels of Wagtail's editor for pictures drawn by code."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from design import art


def drawn_panel(field: str, kind: str) -> FieldPanel:
    """A panel where an editor chooses one of the drawn pictures of ``kind`` by name."""
    names = [
        ("", _("Whichever the address gives")),
        *((name, name.replace("-", " ").capitalize()) for name in art.KINDS[kind]),
    ]
    return FieldPanel(field, widget=forms.Select(choices=names))
