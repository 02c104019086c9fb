"""``{% art_url "emblem" community.slug community.emblem %}``: the address of a picture."""

from django import template

from design.art import describe
from design.art.views import address, slug_of

register = template.Library()


@register.simple_tag
def art_url(kind: str, seed: str, variant: str = "") -> str:
    """The address of a picture; without a variant, the one that the seed chooses."""
    return address(kind, seed, variant)


@register.simple_tag
def art_alt(kind: str, seed: str, variant: str = "") -> str:
    """What that picture shows, in words."""
    return describe(kind, variant, slug_of(seed))
