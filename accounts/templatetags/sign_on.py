"""Buttons of single sign-on, for the pages where somebody comes in."""

from django import template

from accounts.sign_on.providers import Offered, offered

register = template.Library()


@register.simple_tag
def sign_on_providers() -> list[Offered]:
    """Those that the operator named; a page shows none where there are none."""
    return offered()
