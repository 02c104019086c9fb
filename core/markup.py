"""Turns the Markdown and the stray HTML of elsewhere into clean rich text.

Links survive, pictures that were not brought along leave their words, and nothing that runs or restyles comes through.
Wagtail's own link and embed markers are refused too: text from elsewhere must not point into this hub's private pages.
"""

import html
import json
import re
import uuid
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from markdown_it import MarkdownIt

from core.placeholders import keep_words
from core.text import SCHEMES

TAGS = {"a", "b", "strong", "em", "i", "p", "br", "hr", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre",
        "sup", "sub", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
CELL = {"colspan", "rowspan"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "th": CELL | {"scope"}, "td": CELL}
UNSEEN = {"script", "style", "noscript", "template", "title", "object", "svg", "math", "select", "button", "textarea"}
PLAYED = {"iframe": {"src"}, "audio": {"src"}, "video": {"src"}, "source": {"src"}, "embed": {"src"}}
PARAGRAPHS = {"div", "section", "article", "figure", "figcaption", "caption", "center", "summary", "dt", "dd"}
LOWEST = 4  # no heading goes deeper than h4
HERE = "/"  # the base of text that was written for this hub: links to its own pages may stay as they are
SHORTCODE = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)  # the commands of a site generator mean nothing here
HEADING = re.compile(r"(?<=<)(/?)h([1-6])(?=>)")
PICTURE = re.compile(r'<img(?: alt="([^"]*)")?>')
PLAYER = re.compile(rf'<(?:{"|".join(PLAYED)})(?: src="([^"]*)")?>')
EMPTY_LINK = re.compile(r'<a href="([^"]*)">\s*</a>')
DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")


class _Reader(MarkdownIt):
    """Reads every link as one: what cannot be trusted is taken out afterwards, and leaves only its words."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the parser calls it so)
        return True


DEEPEST = 100  # lists and quotations within each other: of what is deeper nothing is shown


def _reader() -> MarkdownIt:
    return _Reader("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])


_markdown, _typed = _reader(), keep_words(_reader())


def rich_text(markdown: str, base_url: str = "", top: int = 3) -> str:
    """Clean rich text. ``base_url`` makes relative links whole; without it they leave their words.

    The highest heading becomes level ``top`` and none is skipped on the way down. The text is cleaned twice: first so
    that every tag stands in one known form and can be changed by its look, and at the end so that whatever those
    changes made is safe.
    """
    if not markdown.strip():
        return ""
    parsed = _typed.render(markdown) if base_url == HERE else _markdown.render(SHORTCODE.sub("", markdown))
    text = _regular(parsed, base_url)
    text = PICTURE.sub(lambda match: _escaped(match[1] or ""), text)
    text = PLAYER.sub(lambda match: f'<a href="{match[1]}"></a>' if match[1] else "", text)
    text = DEAD_LINK.sub(r"\1", text)
    text = EMPTY_LINK.sub(lambda match: f'<a href="{match[1]}">{_escaped(_host(html.unescape(match[1])))}</a>', text)
    text = re.sub(rf"(?<=<)(/?)(?:{'|'.join(PARAGRAPHS)})(?=>)", r"\1p", _levelled(text, top))
    mended = partial(_mended, base_url)  # what stood unread within an element that is gone is read here first
    text = nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=mended, url_schemes=SCHEMES, link_rel=None
    )
    return re.sub(r"\n{2,}", "\n", EMPTY_PARAGRAPH.sub("", text)).strip()


def _regular(text: str, base_url: str) -> str:
    """The text with the tags that mean something here and no others, each in its one form."""
    return nh3.clean(
        text,
        tags=TAGS | PARAGRAPHS | PLAYED.keys() | {"img", "h1", "h5", "h6"},
        clean_content_tags=UNSEEN,
        attributes={**ATTRIBUTES, **PLAYED, "img": {"alt"}},
        attribute_filter=partial(_mended, base_url),
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _mended(base_url: str, tag: str, attribute: str, value: str) -> str | None:
    """A link that goes somewhere, and nothing where it does not."""
    return _whole(value.strip(), base_url) or None if attribute in ("href", "src") else value


def _whole(address: str, base_url: str) -> str:
    """The whole address, or nothing where it leads nowhere from here or cannot be trusted."""
    if address.startswith("//"):
        address = f"https:{address}"
    if base_url == HERE and re.match(r"/(?!/)", address):
        return address
    try:
        if address and not address.startswith("#") and base_url:
            address = urljoin(base_url, address)
        parts = urlsplit(address)
    except ValueError:
        return ""
    reachable = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return address if parts.scheme in SCHEMES and reachable else ""


def _host(address: str) -> str:
    """What a link says that has no words of its own."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _escaped(text: str) -> str:
    return html.escape(html.unescape(text))


def _levelled(text: str, top: int) -> str:
    used = sorted({match[2] for match in HEADING.finditer(text)})
    return HEADING.sub(lambda match: f"{match[1]}h{min(top + used.index(match[2]), LOWEST)}", text)


# -- bodies made of blocks ---------------------------------------------------------------------------------------------
def block(kind: str, value: object) -> dict[str, Any]:
    """One block of a page's body, as the database keeps it. Its number follows from what it says, so that writing the
    same body again changes nothing.
    """
    number = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([kind, value]))
    return {"type": kind, "value": value, "id": str(number)}


def body_of(blocks: list[dict[str, Any]]) -> str:
    """A page's body, as a ``BodyBlock`` field takes it."""
    return json.dumps(blocks)


def blocks_of(markdown: str, base_url: str = "") -> list[dict[str, Any]]:
    """The blocks of a body: its main headings are blocks of their own, and what stands between them is text."""
    blocks = []
    for part in re.split(r"(<h2>.*?</h2>)", rich_text(markdown, base_url, top=2), flags=re.DOTALL):
        heading = re.fullmatch(r"<h2>(.*)</h2>", part, re.DOTALL)
        if heading and "<a " not in part:
            blocks.append(block("heading", words(heading[1])))
        elif part.strip():
            blocks.append(block("paragraph", part.strip().replace("<h2>", "<h3>").replace("</h2>", "</h3>")))
    return [each for each in blocks if each["value"]]


# -- single lines ------------------------------------------------------------------------------------------------------
def words(text: str) -> str:
    """One line of plain words: entities and tags resolved, spaces made single."""
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text)).split())


def shortened(text: str, length: int) -> str:
    """``text`` cut at a word to at most ``length`` letters, with a sign that it goes on."""
    if len(text) <= length:
        return text
    return (
        text[: length - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
        if " " in text[: length - 1]
        else text[: length - 1] + "…"
    )
