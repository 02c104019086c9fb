"""The words of an HTML e-mail as plain text. Nothing is fetched, run or drawn; no nesting is too deep."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "textarea", "select"}
BREAKING = {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article"}
QUOTES = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg|appendonsend", re.IGNORECASE
)
BEGIN = dict.fromkeys(BREAKING | {"br", "blockquote"}, "\n") | {"hr": "\n\n", "td": " ", "th": " "}
END = dict.fromkeys(BREAKING, "\n\n") | dict.fromkeys(("div", "tr", "li", "blockquote"), "\n")
LISTS = {"ul", "ol"}
DEEPEST = 20  # lists and links within others of which something is known
LONGEST_LINK = 300  # letters of its words
LEADS = re.compile(r"https?://[^\s()<>\"]{1,1000}|mailto:[^\s()<>\"?]{1,200}")
IN_LINK = str.maketrans({"[": "(", "]": ")"})
COMMENT = "<!--"
CUT = "\N{START OF TEXT}"
"""Stands where a mail program says that what it quotes begins."""
PICTURE = "\N{SHIFT OUT}"
"""Stands with a number where a picture that came with the e-mail is shown."""
COMES_ALONG = "cid:"
MOST_PICTURES = 50


class ReadableTextParser(HTMLParser):
    """Collects what a reader of the e-mail would see."""

    def __init__(self, pictures: list[str] | None) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = pictures
        self.pieces: list[str] = []
        self.silent: list[str] = []
        self.quoted = 0
        self.numbers: list[int] = []  # of the lists that are open: the last number, or 0 where there are none
        self.links: list[tuple[str, int]] = []  # where links lead, and at which piece their words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or tag in SILENT:
            if tag == (self.silent or [tag])[0]:
                self.silent.append(tag)
            return
        self.pieces.append(self._number() if tag == "li" else BEGIN.get(tag, ""))
        self.quoted += tag == "blockquote"
        if tag in LISTS:
            self.numbers = [*self.numbers[-DEEPEST:], int(tag == "ol")]
        elif tag == "a":
            self.links = [*self.links[-DEEPEST:], (dict(attrs).get("href") or "", len(self.pieces))]
        elif tag == "img" and self.pictures is not None and len(self.pictures) < MOST_PICTURES:
            self._mark_picture(dict(attrs).get("src") or "")
        names = " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        if names and QUOTES.search(names):
            self.pieces.append(f"\n{CUT}\n")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag == self.silent[0]:
                self.silent.pop()
            return
        if tag == "a" and self.links:
            self._end_link(*self.links.pop())
        self.pieces.append(END.get(tag, ""))
        if tag in LISTS and self.numbers:
            self.numbers.pop()
        if tag == "blockquote" and self.quoted:
            self.quoted -= 1

    def _mark_picture(self, source: str) -> None:
        """On a line of its own, quoted where it is."""
        if self.pictures is None or not source.startswith(COMES_ALONG):
            return
        self.pieces.append(f"\n{'> ' if self.quoted else ''}{PICTURE}{len(self.pictures)}\n")
        self.pictures.append(source.removeprefix(COMES_ALONG))

    def _number(self) -> str:
        """How a line of a list begins."""
        number = self.numbers[-1] if self.numbers else 0
        if number:
            self.numbers[-1] += 1
        return f"\n{number}. " if number else "\n- "

    def _end_link(self, href: str, begin: int) -> None:
        """Words that lead elsewhere say where, as people type it here."""
        words = "".join(self.pieces[begin:])
        is_one = bool(words.strip()) and "\n" not in words and len(words) < LONGEST_LINK and not self.quoted
        if (
            is_one
            and LEADS.fullmatch(href)
            and words.strip() not in {href, href.rstrip("/"), href.removeprefix("mailto:")}
        ):
            self.pieces[begin:] = [f"[{words.strip().translate(IN_LINK)}]({href})"]

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        words = re.sub(r"[^\S\N{NO-BREAK SPACE}]+", " ", data).replace("\N{NO-BREAK SPACE}", " ")
        if self.quoted and words.strip():
            mark = ">" * min(self.quoted, 3)
            words = f"\n{mark} {words.strip()}\n"
        self.pieces.append(words)


def plain_of_html(html: str, pictures: list[str] | None = None) -> str:
    """What a reader sees of it, a line for each line. Where ``pictures`` is given, each that came along is marked with
    its place in that list, which is filled with what they are called.
    """
    words = ReadableTextParser(pictures)
    words.feed(_closed(html))
    words.close()
    lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(words.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _closed(html: str) -> str:
    """Without comments, and with no tag that is begun and not ended: for each of these the parser looks through all
    that follows, and a stranger can send a million.
    """
    kept: list[str] = []
    at = 0
    while (begin := html.find(COMMENT, at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin + len(COMMENT))
        at = end + len("-->") if end >= 0 else len(html)
    said = "".join([*kept, html[at:]]).replace(COMMENT, "")
    last = said.rfind(">") + 1
    return said[:last] + said[last:].replace("<", "&lt;")
