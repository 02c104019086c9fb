"""Cuts a text in passages that the sentence model can read whole.

The model reads 256 word pieces; about 180 English words and a title fill them. Borders fall on headings and paragraphs
where they can, on sentences where a paragraph is too long, and inside a sentence only where that is too long itself.
No word is lost and none is repeated. Where a text has pages, with form feeds between them, a passage stands on one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

SIZE = 180
TAIL = 45
"""Words of a passage at the end of a text that grows there: until a whole passage is full, each new piece has only its
neighbours read again.
"""
PAGE_BREAK = "\f"
HEADING = re.compile(r"^#{1,6}\s+")
BLANK_LINES = re.compile(r"\n\s*\n")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document's text, and the title that it is read with.

    ``page`` counts from one; it is nought where the text has no pages.
    """

    title: str
    text: str
    page: int = 0

    @property
    def reading(self) -> str:
        """What the model reads: the title first, because a passage often leaves out what it is about."""
        return f"{self.title}\n{self.text}".strip()

    @property
    def hash(self) -> str:
        """The same for the same reading, so that a vector is computed once."""
        return sha256(self.reading.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A piece that is not cut again: its words, and whether a heading opens it."""

    text: str
    heading: bool

    @property
    def size(self) -> int:
        return len(self.text.split())


def cut(title: str, text: str, size: int = SIZE, *, grows: bool = False) -> tuple[Passage, ...]:
    """The passages of a document, at least one, none longer than ``size`` words. Of one that ``grows`` at its end the
    last passage is cut again into shorter ones once there are several, so that what is added changes no more than
    these. Short passages alone would be near to too much: search was sure of what it does not know.
    """
    pages = text.split(PAGE_BREAK)
    joined = [(number, held) for number, page in enumerate(pages, 1) for held in join(blocks(page, size), size)]
    if grows and len(joined) > 1:
        number, last = joined.pop()
        short = (piece for block in last for piece in fitting_blocks(block, TAIL))
        joined += [(number, held) for held in join(short, TAIL)]
    return tuple(
        Passage(title, "\n".join(block.text for block in held), number if len(pages) > 1 else 0)
        for number, held in joined
    ) or (Passage(title, ""),)


def join(pieces: Iterator[TextBlock], size: int) -> Iterator[list[TextBlock]]:
    """Neighbouring blocks together, as many as fit.

    A heading begins a new passage once the one before it is at least half full: many short sections under
    headings of their own would otherwise each become a passage that says too little to be found by.
    """
    held: list[TextBlock] = []
    count = 0
    for piece in pieces:
        words = piece.size
        if held and (count + words > size or (piece.heading and count >= size // 2)):
            yield held
            held, count = [], 0
        held.append(piece)
        count += words
    if held:
        yield held


def fitting_blocks(block: TextBlock, size: int) -> Iterator[TextBlock]:
    """The block in pieces of at most ``size`` words."""
    yield from (TextBlock(piece, block.heading) for piece in fitting(block.text, size) if piece)


def blocks(text: str, size: int) -> Iterator[TextBlock]:
    """Headings, paragraphs and, where a paragraph is too long, its sentences."""
    for paragraph in BLANK_LINES.split(text):
        for part, heading in lines_of(paragraph):
            yield from (TextBlock(piece, heading) for piece in fitting(part, size) if piece)


def lines_of(paragraph: str) -> Iterator[tuple[str, bool]]:
    """A paragraph's headings and the text between them."""
    plain: list[str] = []
    for line in paragraph.splitlines():
        if not HEADING.match(line):
            plain.append(line.strip())
            continue
        yield from ((whole, False) for whole in whole_of(plain))
        plain = []
        yield HEADING.sub("", line).strip(), True
    yield from ((whole, False) for whole in whole_of(plain))


def whole_of(lines: list[str]) -> list[str]:
    joined = " ".join(line for line in lines if line)
    return [joined] if joined else []


def fitting(text: str, size: int) -> Iterator[str]:
    """The text in pieces of at most ``size`` words."""
    if len(text.split()) <= size:
        yield text
        return
    for sentence in SENTENCE_END.split(text):
        words = sentence.split()
        for start in range(0, len(words), size):
            yield " ".join(words[start : start + size])
