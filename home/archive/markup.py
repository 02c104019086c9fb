"""Turns the Markdown and the stray HTML of elsewhere into clean rich text.

Links survive, pictures that were not brought along leave their words, and nothing that runs or restyles comes through.
Wagtail's own link and embed markers are refused too: text from elsewhere must not point into this hub's private pages.
"""

import html
import json
import re
import uuid
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt

from hub.text import HEADINGS, SCHEMES

TAGS = {"a", "b", "strong", "em", "i", "p", "br", "hr", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre", "sup",
        "sub", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
CELL = {"colspan", "rowspan"}
ATTRIBUTES = {"a": {"href"}, "th": CELL | {"scope"}, "td": CELL}
UNSEEN = (
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "meta",
    "object",
    "svg",
    "math",
    "select",
    "button",
)
PLAYED = ("iframe", "audio", "video", "embed")
PARAGRAPHS = (
    "div",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "caption",
    "center",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
)
LOWEST = 4  # no heading goes deeper than h4
HERE = "/"  # the base of text that was written for this hub: links to its own pages may stay as they are
TEMPLATING = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)  # shortcodes of a site generator mean nothing here
_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rich_text(markdown: str, base_url: str = "", top: int = 3) -> str:
    """Clean rich text. ``base_url`` makes relative links whole; without it they leave their words.

    The highest heading becomes level ``top`` and none is skipped on the way down.
    """
    soup = BeautifulSoup(_markdown.render(TEMPLATING.sub("", markdown)), "html.parser")
    for tag in soup(UNSEEN):
        tag.decompose()
    _name_what_was_played(soup)
    _keep_words_of_pictures(soup)
    _mend_links(soup, base_url)
    _level_headings(soup, top)
    for tag in soup(PARAGRAPHS):
        tag.name = "p"
    cleaned = nh3.clean(str(soup), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return _without_empty_paragraphs(cleaned)


def _name_what_was_played(soup: BeautifulSoup) -> None:
    """A film or a map that stood in the page becomes a link to it."""
    for tag in soup(PLAYED):
        source = tag.find("source")
        address = str(tag.get("src") or (source.get("src") if isinstance(source, Tag) else "") or "")
        link = soup.new_tag("a", href=address)
        link.string = str(tag.get("title") or urlsplit_host(address) or address)
        tag.replace_with(link)


def urlsplit_host(address: str) -> str:
    """The host of an address, or nothing where it has none or is broken."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _keep_words_of_pictures(soup: BeautifulSoup) -> None:
    for image in soup("img"):
        image.replace_with(str(image.get("alt") or ""))


def _mend_links(soup: BeautifulSoup, base_url: str) -> None:
    """Every link goes somewhere safe and says something; one that goes nowhere leaves its words."""
    for link in soup("a"):
        address = _whole(str(link.get("href") or "").strip(), base_url)
        if not address:
            link.unwrap()
            continue
        link.attrs = {"href": address}
        if not link.get_text(strip=True):
            link.string = urlsplit_host(address) or address


def _whole(address: str, base_url: str) -> str:
    """The whole address, or nothing where it leads nowhere from here or cannot be trusted."""
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


def _level_headings(soup: BeautifulSoup, top: int) -> None:
    used = sorted({tag.name for tag in soup(HEADINGS)})
    for tag in soup(HEADINGS):
        tag.name = f"h{min(top + used.index(tag.name), LOWEST)}"


def _without_empty_paragraphs(text: str) -> str:
    text = re.sub(r"<p>(?:\s|&nbsp;|<br>)*</p>", "", text)
    return re.sub(r"\n{2,}", "\n", text).strip()


# -- bodies made of blocks ---------------------------------------------------------------------------------------------
def block(kind: str, value: Any) -> dict[str, Any]:
    """One block of a page's body, as the database keeps it. Its number follows from what it says, so that writing the
    same body again changes nothing."""
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
