"""How titles are cut for autocomplete: alike in every engine, and alike for a title and for what is typed."""

import re
from functools import lru_cache

from indexing import text_analysis

MOST_CHUNKS = 8  # of what somebody types
PUNCTUATION = re.compile(r"[\W_]+")
# Letters with a stroke are letters of their own to Unicode, and yet nobody without the right keyboard types them.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """As search folds, and strokes through letters taken away."""
    folded = text_analysis.fold(text)
    return folded if folded.isascii() else folded.translate(STROKES)


def chunks(text: str) -> list[tuple[str, list[str]]]:
    """What stands between blanks, written together and in its pieces: “O'Neill” is “oneill”, and “o” and “neill”."""
    split = (list(filter(None, PUNCTUATION.split(chunk))) for chunk in fold(text).split())
    return [("".join(pieces), pieces) for pieces in split if pieces]


def typed_chunks(text: str) -> list[tuple[str, list[str]]]:
    """As many chunks as are looked for."""
    return chunks(text)[:MOST_CHUNKS]


@lru_cache(20_000)
def line(text: str) -> str:
    """A title as one compares it with what was typed."""
    return " ".join(together for together, _pieces in chunks(text))


def pieces(title: str) -> list[str]:
    """The pieces of those chunks that have several."""
    return [piece for _together, several in chunks(title) if len(several) > 1 for piece in several]


def vocabulary(title: str, summary: str, topics: tuple[str, ...]) -> list[str]:
    """The words that corrections may come from, each once."""
    return list(dict.fromkeys(text_analysis.words(" ".join((title, summary, *topics)))))
