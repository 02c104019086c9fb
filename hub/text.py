"""Text that people wrote: cleaned when it is saved and when it is shown, and read as plain words by search."""

import re
from collections.abc import Iterable
from typing import Any

import nh3
from bs4 import BeautifulSoup

TAGS = {
    *("a", "b", "strong", "em", "i", "p", "br", "hr", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre"),
    *("sup", "sub", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "embed", "div", "span", "img"),
}
ATTRIBUTES = {
    "a": {"href", "linktype", "id"},
    "embed": {"embedtype", "id", "alt", "format", "url"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "p": {"data-block-key"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLOCKS = (*HEADINGS, "p", "li", "blockquote", "pre", "tr", "figcaption", "dt", "dd")


def clean_html(html: str) -> str:
    """``html`` without anything that runs or restyles: the tags that a page's body may have, and links that go
    somewhere safe.
    """
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def printable(text: str) -> str:
    """``text`` with a blank for each control character and half of a character: XML and some indexes refuse them."""
    return UNPRINTABLE.sub(" ", str(text))


def plain_text(html: str) -> str:
    """The words of ``html``: paragraphs parted by blank lines, headings marked by ``# `` as search expects them."""
    if "<" not in html:
        return html.strip()
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["script", "style"]):
        tag.decompose()
    for tag in soup(BLOCKS):
        tag.insert_before("\n\n# " if tag.name in HEADINGS else "\n\n")
        tag.insert_after("\n\n")
    return tidy(soup.get_text(" "))


def tidy(text: str) -> str:
    """Runs of spaces become one, runs of blank lines become one."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def stream_text(stream: Iterable[Any]) -> str:
    """The words of a page's body (a ``BodyBlock`` stream), in order."""
    return "\n\n".join(filter(None, (_block_text(block) for block in stream)))


def _block_text(block: Any) -> str:
    if block.block_type == "heading":
        return f"# {block.value}"
    if block.block_type == "paragraph":
        return plain_text(block.value.source)
    if block.block_type == "quote":
        return " – ".join(filter(None, (str(block.value["text"]), str(block.value["who"]))))
    return str(block.value.get("caption", ""))


def reading_minutes(text: str) -> int:
    """How long a reader takes for ``text``, in whole minutes, at 220 words a minute; one at the least."""
    return max(1, round(len(text.split()) / 220))
