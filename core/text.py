"""Text that people wrote: cleaned when it is saved and when it is shown, and read as plain words by search."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import Any

import nh3
from bs4 import BeautifulSoup
from django.utils.functional import Promise
from wagtail.blocks import StreamValue

from core.audiences import EVERYONE

Words = str | Promise
"""What is read on the screen; it may be translated as late as that."""

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
BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # by their category one would see them
NUMBER_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")  # in format's category, but seen
JOINERS = frozenset("\u200c\u200d")
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f)")  # of Wales, for one: spelt in invisible letters
BLOCKS = (*HEADINGS, "p", "li", "blockquote", "pre", "tr", "figcaption", "dt", "dd")
ALONE = ("br", "hr")
SIMPLE = r"br|hr|p|strong|em|b|i|a|span|ul|ol|li|blockquote|code|h[1-6]"
PIECE = re.compile(
    rf'<(?P<ends>/?)(?P<tag>{SIMPLE})(?:\s[a-z-]+="[^"<>]*")*>|(?P<words>(?:[^<>&\0\r]|&(?:amp|lt|gt|quot|nbsp|#39);)+)'
)


def clean_html(html: str) -> str:
    """``html`` without anything that runs or restyles: the tags that a page's body may have, and links that go
    somewhere safe.
    """
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def printable(text: str) -> str:
    """``text`` with a blank for each control character and half of a character: XML and some indexes refuse them."""
    return UNPRINTABLE.sub(" ", str(text))


def one_line(text: str) -> str:
    """``text`` as one line in its one form: composed, single blanks, nothing that nobody sees or that turns it round.

    Two names that look alike are then alike. Joiners stay where a script or an emoji needs them.
    """
    composed = " ".join(unicodedata.normalize("NFC", str(text)).split())
    seen = "".join(part if FLAG.fullmatch(part) else _seen(part) for part in FLAG.split(composed))
    return " ".join(seen.split())


def is_legible(text: str) -> bool:
    """Whether ``text`` has a letter or a number of any script, so that a link of that name can be seen and said."""
    return any(letter.isalnum() for letter in text)


def _seen(text: str) -> str:
    kept = ""
    for place, letter in enumerate(text):
        if letter in JOINERS:
            is_needed = _needs_joiner(kept[-1:], text[place + 1 : place + 2])
        elif SELECTORS.match(letter):
            is_needed = unicodedata.category(kept[-1:] or " ") in {"So", "Sm", "Po", "Nd", "Lo"}
        else:
            is_needed = _is_seen(letter)
        kept += letter if is_needed else ""
    return kept


def _is_seen(letter: str) -> bool:
    if letter in NUMBER_SIGNS:
        return True
    return letter not in BLANK_LETTERS and unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}


def _needs_joiner(before: str, after: str) -> bool:
    """After a virama, between Arabic letters, and between the parts of an emoji."""
    if not before or not after:
        return False
    if unicodedata.combining(before) == unicodedata.combining("\u094d"):
        return True
    if unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL":
        return True
    return unicodedata.category(after) == "So" and (unicodedata.category(before) in {"So", "Sk"} or before == "\ufe0f")


def plain_text(html: str) -> str:
    """The words of ``html``: paragraphs parted by blank lines, headings marked by ``# `` as search expects them."""
    if "<" not in html:
        return html.strip()
    simple = _simple_text(html)
    return _parsed_text(html) if simple is None else simple


def _parsed_text(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["script", "style"]):
        tag.decompose()
    for tag in soup(BLOCKS):
        tag.insert_before("\n\n# " if tag.name in HEADINGS else "\n\n")
        tag.insert_after("\n\n")
    return tidy(soup.get_text(" "))


def _simple_text(html: str) -> str | None:
    """The same for what most people write, twenty times as fast: a conversation of two thousand posts is read whole.
    ``None`` where anything in it needs a parser.
    """
    pieces = list(PIECE.finditer(html))
    if sum(len(piece[0]) for piece in pieces) != len(html) or not _are_closed(pieces):
        return None
    blocks: list[list[str]] = [[]]
    for piece in pieces:
        if words := piece["words"]:
            blank = "\n" if "\n" in words else " "
            blocks[-1].append(unescape(words) if words.strip(" \n\t\f") else blank)
        elif piece["tag"] in BLOCKS:
            blocks.append(["#"] if piece["tag"] in HEADINGS and not piece["ends"] else [])
    lines = (" ".join(parts) for parts in blocks if parts)
    return "\n\n".join(filter(None, (tidy(line) if "\n" in line else " ".join(line.split()) for line in lines)))


def _are_closed(pieces: Iterable[re.Match[str]]) -> bool:
    """Whether each tag that opens is closed where it has to be."""
    inside: list[str] = []
    for piece in pieces:
        tag = piece["tag"]
        if piece["ends"]:
            if not inside or inside.pop() != tag:
                return False
        elif tag and tag not in ALONE:
            inside.append(tag)
    return not inside


def tidy(text: str) -> str:
    """Runs of spaces become one, runs of blank lines become one."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def stream_text(stream: Iterable[Any], readers: frozenset[str] = frozenset()) -> str:
    """The words of a page's body (a ``BodyBlock`` stream), in order.

    ``readers`` are the tokens that open the page: a picture's caption is told where each of them opens the picture.
    """
    return "\n\n".join(filter(None, (_block_text(block, readers) for block in stream)))


def _block_text(block: StreamValue.StreamChild, readers: frozenset[str]) -> str:
    if block.block_type == "heading":
        return f"# {block.value}"
    if block.block_type == "paragraph":
        return plain_text(block.value.source)
    if block.block_type == "quote":
        return " – ".join(filter(None, (str(block.value["text"]), str(block.value["who"]))))
    image = block.value.get("image")
    is_open = image is not None and (
        image.audience_token == EVERYONE or (readers and readers <= {image.audience_token})
    )
    return str(block.value.get("caption", "")) if is_open else ""


def reading_minutes(text: str) -> int:
    """How long a reader takes for ``text``, in whole minutes, at 220 words a minute; one at the least."""
    return max(1, round(len(text.split()) / 220))
