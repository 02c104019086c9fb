"""The words of an HTML e-mail as plain text. Nothing is fetched, run or drawn; no nesting is too deep."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "textarea", "select"}
BREAKING = {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article"}
QUOTES = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg|appendonsend", re.IGNORECASE
)
BEGIN = dict.fromkeys(BREAKING | {"br", "blockquote"}, "\n") | {"li": "\n- ", "hr": "\n\n", "td": " ", "th": " "}
END = dict.fromkeys(BREAKING, "\n\n") | dict.fromkeys(("div", "tr", "li", "blockquote"), "\n")
CUT = "\N{START OF TEXT}"
"""Stands where a mail program says that what it quotes begins."""


class Words(HTMLParser):
    """Collects what a reader of the e-mail would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: list[str] = []
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or tag in SILENT:
            if tag == (self.silent or [tag])[0]:
                self.silent.append(tag)
            return
        self.pieces.append(BEGIN.get(tag, ""))
        self.quoted += tag == "blockquote"
        names = " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        if names and QUOTES.search(names):
            self.pieces.append(f"\n{CUT}\n")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag == self.silent[0]:
                self.silent.pop()
            return
        self.pieces.append(END.get(tag, ""))
        if tag == "blockquote" and self.quoted:
            self.quoted -= 1

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        words = re.sub(r"[^\S\N{NO-BREAK SPACE}]+", " ", data).replace("\N{NO-BREAK SPACE}", " ")
        if self.quoted and words.strip():
            mark = ">" * min(self.quoted, 3)
            words = f"\n{mark} {words.strip()}\n"
        self.pieces.append(words)


def plain_of_html(html: str) -> str:
    """What a reader sees of it, a line for each line."""
    words = Words()
    words.feed(html)
    words.close()
    lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(words.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
