"""How many slips lead from one word to another, and how many of them are forgiven."""

from collections.abc import Iterator
from string import ascii_lowercase

LONG = 8  # letters from which two slips are forgiven


def slips_forgiven(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def is_near(word: str, other: str) -> bool:
    """Whether few enough slips lead there. A slip in the first letter is forgiven once, and alone."""
    most = slips_forgiven(word) if word[:1] == other[:1] else 1
    if abs(len(word) - len(other)) > most:
        return False
    return distance(word, other, most) <= most


def other_beginnings(word: str) -> Iterator[str]:
    """The word with its first letter left out, changed with the second, or another one for it or before it."""
    yield word[1:]
    yield word[1:2] + word[:1] + word[2:]
    for letter in ascii_lowercase:
        yield letter + word
        yield letter + word[1:]


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, leave out, replace or swap with the next lead from one to the other.

    More than ``most`` are not counted on: the answer is then ``most + 1``.
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before_last[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before_last, last = last, here
    return min(last[-1], most + 1)
