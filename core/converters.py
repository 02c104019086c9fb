"""Parts of addresses, beside Django's own."""

from django.urls import register_converter
from django.urls.converters import SlugConverter


class AnyAlphabet(SlugConverter):
    """Slugs of pages and topics have the letters of their title, in any language: the editor offers ``repair-café``."""

    regex = r"[-\w]+"


register_converter(AnyAlphabet, "any_slug")
