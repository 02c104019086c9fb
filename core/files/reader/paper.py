"""What stands on the pages of a Word file."""

from collections.abc import Collection, Iterator, Mapping

OFF = {"0", "false", "off"}
BODY = "9"  # the level that no outline has
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
BETWEEN = {"tab": " ", "cr": "\n", "noBreakHyphen": "-"}


class Paper:
    """Hears of a document's elements one after the other, and lays its paragraphs on pages.

    Word notes where pages ended when it last showed the file. Where somebody asked for a new page it notes that border
    a second time, at the first words behind it; so one of Word's own counts only where something stands before it.

    A footnote stands at the end of the page that refers to it, an endnote at the end of the last one, and what runs
    through the document, its headers and footers, at the end of the first.
    """

    def __init__(
        self,
        headings: Collection[str] = (),
        notes: Mapping[tuple[str, str], str] | None = None,
        running: Collection[str] = (),
    ) -> None:
        self.headings = headings
        self.notes = dict(notes or {})
        self.below: list[str] = list(running)
        self.last: list[str] = []
        self.done: list[str] = []
        self.page: list[str] = []
        self.line: list[str] = []
        self.letters = self.tables = 0  # letters of the page that is being laid out
        self.is_heading = self.is_text = self.has_begun = False
        self.is_hidden = self.has_hidden = False

    def finished(self, *, everything: bool = False) -> Iterator[str]:
        """The pages that are complete, each once; at the end the last one, too."""
        if everything:
            self.below, self.last = [*self.below, *self.last], []
            self.new_page()
        pages, self.done = self.done, []
        yield from pages

    def start(self, name: str, values: dict[str, str]) -> None:
        value = values.get("val", "")
        if name == "t":
            self.is_text = True
        elif name == "r":
            self.is_hidden = False
        elif name == "vanish":
            self.is_hidden = value not in OFF
        elif name in REFERENCES:
            self.refer(REFERENCES[name], values.get("id", ""))
        else:
            self.lay(name, value, values.get("type", ""))

    def lay(self, name: str, value: str, kind: str) -> None:
        if name == "p":
            self.is_heading = False
        elif name == "pStyle":
            self.is_heading = value in self.headings
        elif name == "outlineLvl":
            self.is_heading = value != BODY
        elif name == "tbl":
            self.new_paragraph()
            self.tables += 1
        elif name in BETWEEN:
            self.line.append(BETWEEN[name])
        else:
            self.border(name, value, kind)

    def refer(self, kind: str, key: str) -> None:
        """A note is told once, however often it is referred to."""
        note = self.notes.pop((kind, key), "")
        if note:
            (self.last if kind == "endnote" else self.below).append(note)
            self.letters += len(note)

    def border(self, name: str, value: str, kind: str) -> None:
        if name == "br" and kind == "page":
            self.new_page()
        elif name == "br":
            self.line.append("\n")
        elif self.has_begun and (name == "lastRenderedPageBreak" or (name == "pageBreakBefore" and value not in OFF)):
            self.new_page()

    def end(self, name: str) -> None:
        if name == "t":
            self.is_text = False
        elif name == "r":
            self.is_hidden = False
        elif name == "p" and self.tables:
            self.line.append(" ")  # the cells of a row are read as one line
        elif name in ("p", "tr"):
            self.new_paragraph()
        elif name == "tbl":
            self.tables -= 1

    def words(self, text: str) -> None:
        if self.is_text and self.is_hidden:
            self.has_hidden = self.has_hidden or not text.isspace()
        elif self.is_text:
            self.line.append(text)
            self.letters += len(text)
            self.has_begun = self.has_begun or not text.isspace()

    def new_paragraph(self) -> None:
        text = "".join(self.line).strip()
        if text:
            self.page.append(f"# {' '.join(text.split())}" if self.is_heading else text)
        self.line = []

    def new_page(self) -> None:
        self.new_paragraph()
        self.done.append("\n\n".join([*self.page, *self.below]))
        self.below = []
        self.page, self.letters, self.has_begun = [], 0, False
