"""Words of a post, to be quoted elsewhere."""

import re
from html import unescape

from django.utils.html import strip_tags

from core.markup import shortened

BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|blockquote|pre)>|<br\b[^>]*>")


def excerpt(html: str, letters: int) -> str:
    """As it is read: a space between paragraphs, and none round what is bold."""
    return shortened(" ".join(unescape(strip_tags(BLOCK_ENDS.sub(" ", html))).split()), letters)
