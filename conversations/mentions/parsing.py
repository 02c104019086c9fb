"""Where a text names somebody with an @. Nothing here asks the database.

A name is as long as it can be, and ends where a word ends: ``@Bryn Powell’s ladder`` names Bryn Powell. An @ inside of
code, addresses and tags names nobody, nor does one with a backslash before it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.text import JOINERS

LONGEST, MOST_WORDS = 160, 14  # of one name
ADDRESS = frozenset("\\/@.=&#%+")  # before an @, which then is part of an address, or was taken back
FENCE = r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
CODE = r"(?P<ticks>(?<!`)`+(?!`)).*?(?<!`)(?P=ticks)(?!`)"
TAG, TARGET, DEFINITION, LINK = r"<[^<>\n]*>", r"\]\([^()\n]*\)", r"^ {0,3}\[[^\[\]\n]+\]:[^\n]*$", r"https?://\S+"
ASIDE = re.compile(f"{FENCE}|{CODE}|{TAG}|{TARGET}|{DEFINITION}|{LINK}", re.MULTILINE | re.DOTALL)
UNREAD = "\0"


@dataclass(frozen=True, slots=True)
class Beginning:
    """An @ that may name somebody; ``names`` are the places where the name may end, and what it says then."""

    at: int
    names: Sequence[tuple[int, str]]  # the longest first


def beginnings(text: str) -> Iterator[Beginning]:
    """Every @ of ``text`` that may name somebody, in their order."""
    if "@" not in text:
        return
    read = ASIDE.sub(lambda aside: UNREAD * len(aside[0]), text)
    for sign in re.finditer("@", read):
        at = sign.start()
        before = read[at - 1 : at]
        if before and (before in ADDRESS or is_letter(before)):
            continue
        if names := _names(read, at + 1):
            yield Beginning(at, names)


def is_letter(letter: str) -> bool:
    """Whether it belongs to a word: letters and figures of any script, and the signs that go with them."""
    return letter.isalnum() or letter in JOINERS or unicodedata.category(letter).startswith("M")


def _names(text: str, start: int) -> list[tuple[int, str]]:
    if not is_letter(text[start : start + 1] or " "):
        return []
    ends: list[int] = []
    for place in range(start, min(len(text), start + LONGEST) + 1):
        letter = text[place : place + 1]
        if letter and is_letter(letter):
            continue
        if is_letter(text[place - 1]):
            ends.append(place)
        if letter in {"", "\n", UNREAD, "@"} or len(ends) == MOST_WORDS:
            break
    return [(end, text[start:end]) for end in reversed(ends)]


def with_marks(text: str, spans: Sequence[tuple[int, int]], mark: Callable[[int], str]) -> str:
    """``text`` with ``mark(n)`` in the place of the n-th of ``spans``, which stand in their order."""
    parts, done = [], 0
    for number, (start, end) in enumerate(spans):
        parts += [text[done:start], mark(number)]
        done = end
    return "".join([*parts, text[done:]])
