"""One form for the letters of a text, whoever typed, pasted or printed it.

What is indexed and what is asked pass through ``readable``, so that what looks alike is found. It needs nothing but
Python: files are read in a process that knows nothing of the hub.
"""

import re
import unicodedata
from collections.abc import Iterator

# Signs that nobody sees: soft hyphens (they show at the end of a line alone), blanks and joiners of no width, marks of
# direction, variation selectors.
UNSEEN = re.compile(
    "\u00ad\n?|[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
HYPHENS = re.compile("[\u2010\u2011]")
# A hyphen that a printer set at the end of a line, and not the writer.
BROKEN = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
# Letters as they are printed: joined ones in Latin (ﬁ), Hebrew and Arabic, and what Arabic ones look like in a word.
PRINTED = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
ARABIC = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
LEFT_TO_RIGHT = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[ .,:/@%+-]*[A-Za-z0-9\u00c0-\u024f]+)*")
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def readable(text: str) -> str:
    """The text without what nobody sees, with plain blanks and hyphens, words whole, and letters as one types them."""
    if text.isascii():
        return whole_words(text)
    text = HYPHENS.sub("-", BLANKS.sub(" ", UNSEEN.sub("", text)))
    if ARABIC.search(text):
        text = "\n".join(in_reading_order(line) for line in text.split("\n"))
    text = PRINTED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return whole_words(unicodedata.normalize("NFC", text))


def whole_words(text: str) -> str:
    """Words that were broken at the end of a line, put together. Where the text has the word with its hyphen elsewhere,
    or what follows is no small letter, the hyphen is the writer's.
    """
    if "-\n" not in text:
        return text

    def joined(found: re.Match[str]) -> str:
        first, second = found.groups()
        compound = f"{first}-{second}"
        keeps = not (first[-1].islower() and second[0].islower()) or compound in text
        return compound if keeps else first + second

    return BROKEN.sub(joined, text)


def in_reading_order(line: str) -> str:
    """A line of Arabic as one reads it. Some programs print it from left to right as it looks, so that it comes out
    backwards: then the forms that end a word stand at its beginning.
    """
    if sum(votes(line)) >= 0:
        return line
    backwards = line[::-1].translate(MIRRORED)
    return LEFT_TO_RIGHT.sub(lambda found: found.group()[::-1], backwards)


def votes(line: str) -> Iterator[int]:
    """One for each word that begins or ends as words do, minus one for each that does so backwards."""
    for word in ARABIC.findall(line):
        if len(word) > 1:
            yield {"<initial>": 1, "<final>": -1, "<medial>": -1}.get(shape(word[0]), 0)
            yield {"<final>": 1, "<initial>": -1, "<medial>": -1}.get(shape(word[-1]), 0)


def shape(letter: str) -> str:
    """Where in a word an Arabic letter looks so."""
    return unicodedata.decomposition(letter).partition(" ")[0]
