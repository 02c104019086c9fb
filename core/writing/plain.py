"""Rich text as somebody types it in a plain box, and back: ``**bold**``, ``- a list``, ``[words](https://…)``.

Nothing is lost on the way. What has no plain form stands there as the HTML that it is; a text that would come back
changed all the same is not offered (``None``), so that whoever corrects one word does not undo a table.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from core.markup import HERE, rich_text

PAGE, FILE = "https://page.invalid/", "https://file.invalid/"
LINKS = {"page": PAGE, "document": FILE}
SHORT = {PAGE: "page:", FILE: "file:"}
MARKS = re.compile(r"([\\*_`\[\]<>]|:(?=//))")
LINE_STARTS = re.compile(r"^(\s*\d*)(#{1,6}\s|[-+.)]\s|>|[-=]{3,}\s*$)", re.MULTILINE)
ADDRESSES = re.compile(r"(?<![\[(<\"'/\w])https?://[^\s<>\[\]()\\]*[^\s<>\[\]()\\.,;:!?*_]")
HEADINGS = re.compile(r"^ {0,3}(#{1,6})\s", re.MULTILINE)
TOP, LOWEST = 3, 4
PLAIN = re.compile(r"\s*(?!#|>|[-+*]\s|\d+[.)]\s|[-=]{3,}\s*$|<)\S")
BREAKABLE = re.compile(r"(?!\s*#|\s*<|\s*[-=]{3,}\s*$).*\S(?<!\\)\s*$")
EMPTY_CELLS = 1000  # that a table has
BULLETS = re.compile(r"^([ \t]*)[•▪◦‣·–]\t+", re.MULTILINE)  # as word processors paste a list
PASTED_BREAKS = str.maketrans({"\v": "\n", "\u2028": "\n", "\u2029": "\n", "\u00ad": None})
INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*"}
BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "hr"}

Escape = Callable[[str], str]


def plain_of(html: str) -> str | None:
    """``html`` as one would type it. ``None`` where typing it back would not give the same."""
    for escape in (str, _escaped):
        text = "\n\n".join(filter(None, (_block(each, escape) for each in _pieces(BeautifulSoup(html, "html.parser")))))
        if _shape(rich_of(text)) == _shape(html):
            return text
    return None


def rich_of(text: str) -> str:
    """Clean rich text of what somebody typed. Their own lines stay lines."""
    for address, short in SHORT.items():
        text = re.sub(rf"\]\({short}(\d+)\)", rf"]({address}\1)", text)
    text = BULLETS.sub(r"\1- ", text.replace("\r\n", "\n").translate(PASTED_BREAKS))
    text = ADDRESSES.sub(r"<\g<0>>", _with_breaks(text))
    levels = [len(marks) for marks in HEADINGS.findall(text)]
    html = rich_text(text, HERE, top=min(max(TOP, min(levels, default=TOP)), LOWEST))
    for kind, address in LINKS.items():
        html = re.sub(rf'href="{re.escape(address)}(\d+)"', rf'linktype="{kind}" id="\1"', html)
    return html


def _with_breaks(text: str) -> str:
    """A line that ends where somebody ended it goes on in the next line: they see it so while they type. Rows of a
    table do not, nor what stands right above one.
    """
    lines = text.split("\n")
    rows = _rows_of_tables(lines)
    goes_on = [
        n not in rows and n + 1 not in rows and BREAKABLE.match(line) and PLAIN.match(after)
        for n, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True))
    ]
    return "\n".join(f"{line}\\" if breaks else line for line, breaks in zip(lines, goes_on, strict=True))


def _rows_of_tables(lines: list[str]) -> set[int]:
    """Their numbers. What would be a vast table of empty cells is none: a few letters would fill a page with it."""
    rows: set[int] = set()
    end = 0
    for number, (line, after) in enumerate(pairwise(lines)):
        if number < end or "|" not in line or not {"|", "-"} <= set(after) <= set("|-: \t"):
            continue
        end = next((n for n in range(number, len(lines)) if not lines[n].strip()), len(lines))
        table, width = range(number, end), line.count("|")
        if sum(max(0, width - lines[row].count("|")) for row in table) <= EMPTY_CELLS:
            rows.update(table)
    return rows


def _escaped(text: str) -> str:
    return LINE_STARTS.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))


def _shape(html: str) -> str:
    """What two texts have in common that read alike: names of tags in one form, no keys, no blank between blocks."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        tag.name = {"strong": "b", "em": "i"}.get(tag.name, tag.name)
        tag.attrs = {name: tag.attrs[name] for name in sorted(tag.attrs) if name != "data-block-key"}
    for tag in soup.select("li > p:only-child, blockquote > p:only-child"):
        tag.unwrap()
    text = re.sub(r"\s+", " ", str(soup))
    text = re.sub(r"(<[bi]>) ", r" \1", re.sub(r" (</[bi]>)", r"\1 ", text)).replace("  ", " ")
    return re.sub(r"\s*(</?(?:p|h[2-4]|ul|ol|li|blockquote|hr|br|table|t[rdh]|tbody|thead)\b[^>]*>)\s*", r"\1", text)


def _pieces(parent: Tag) -> list[PageElement]:
    return [each for each in parent.children if str(each).strip()]


def _block(piece: PageElement, escape: Escape) -> str:
    if not isinstance(piece, Tag) or piece.name not in BLOCKS:
        return str(piece).strip() if isinstance(piece, Tag) else escape(str(piece).strip())
    if piece.name in ("ul", "ol"):
        return _list(piece, escape)
    if piece.name == "blockquote":
        inside = [_block(each, escape) for each in _pieces(piece)] if piece.find("p") else [_inline(piece, escape)]
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(inside).split("\n"))
    if piece.name == "hr":
        return "---"
    words = _inline(piece, escape).strip()
    return f"{'#' * int(piece.name[1])} {words}" if piece.name[0] == "h" else words


def _list(tag: Tag, escape: Escape) -> str:
    lines = []
    for number, item in enumerate(tag.find_all("li", recursive=False), start=1):
        sign = "- " if tag.name == "ul" else f"{number}. "
        nested = item.find_all(["ul", "ol"], recursive=False)
        below = [_list(each.extract(), escape) for each in nested]
        indented = [f"{' ' * len(sign)}{line}" for each in below for line in each.split("\n")]
        lines += [sign + _inline(item, escape).strip(), *indented]
    return "\n".join(lines)


def _inline(parent: Tag, escape: Escape) -> str:
    return re.sub(r"\n +", "\n", "".join(_words(each, escape) for each in parent.children))


def _words(piece: PageElement, escape: Escape) -> str:
    if isinstance(piece, NavigableString):
        return escape(re.sub(r"\s+", " ", str(piece)))
    if not isinstance(piece, Tag):
        return ""
    inside = _inline(piece, escape)
    if piece.name in INLINE:
        before, after = " " * inside.startswith(" "), " " * inside.endswith(" ")
        return f"{before}{INLINE[piece.name]}{inside.strip()}{INLINE[piece.name]}{after}"
    if piece.name == "br":
        return "\n" if escape is str else "\\\n"
    if piece.name == "a" and (address := _address(piece)):
        return address if inside == address and ADDRESSES.fullmatch(address) else f"[{inside}]({address})"
    return str(piece)


def _address(link: Tag) -> str:
    kind, number = str(link.get("linktype", "")), str(link.get("id", ""))
    if kind in LINKS and number.isdigit():
        return f"{SHORT[LINKS[kind]]}{number}"
    address = str(link.get("href", ""))
    return address if not re.search(r"[\s()<>]", address) else ""
