"""Words of a post, to be quoted elsewhere."""

import re
from html import unescape

from core.markup import shortened

BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|blockquote|pre)>|<br\b[^>]*>")
TAG = re.compile(
    r'<(?:[^">]|"[^"]*")*>'
)  # of HTML that nh3 wrote: the inbox has fifty excerpts, and a parser takes its time


def excerpt(html: str, letters: int) -> str:
    """As it is read: a space between paragraphs, and none round what is bold."""
    return shortened(" ".join(unescape(TAG.sub("", BLOCK_ENDS.sub(" ", html))).split()), letters)
