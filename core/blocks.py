"""What editors build a page's body from."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = [
    *("h3", "h4", "bold", "italic", "link", "document-link", "ol", "ul", "hr"),
    *("blockquote", "code", "superscript", "subscript"),
]
"""What the editor keeps of a text: everything that an imported one may hold, but for tables, which it cannot edit."""


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(label=_("words"))
    who = blocks.CharBlock(label=_("whose"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "components/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its words."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/blocks/picture.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="components/blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=RICH_TEXT_FEATURES, template="components/blocks/paragraph.html"
    )
    quote = QuoteBlock()
    picture = PictureBlock()


def picture_block(image: int, shows: str) -> dict[str, Any]:
    """A picture as a body keeps it. ``shows`` says what it shows to whoever cannot see it."""
    value = {"image": {"image": image, "decorative": False, "alt_text": shows}, "caption": ""}
    return {"type": "picture", "value": value, "id": str(uuid4())}


def pictures_in(blocks: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """The keys of the pictures in a body as it is kept. Older ones have the key alone."""
    found = (block["value"].get("image") for block in blocks if block["type"] == "picture")
    keys = (image.get("image") if isinstance(image, dict) else image for image in found)
    return frozenset(key for key in keys if isinstance(key, int))
