"""Names: what a friendly page calls somebody, where a list puts them, and by which words they are found.

There is one name, as somebody wants to be called. The rest follows from it, and a person may say otherwise:

- Lists sort by the family name where it is known, else by the last word: *Anna van der Berg* stands under Berg.
  Accents, capitals and signs do not count.
- A greeting has the first word. Whoever is named with a title, or in one word, is greeted by the whole name.
"""

import re

from indexing.text_analysis import words

# Letters that no normal form takes apart: in the order of a list and when somebody is looked for, Łuczak is Luczak.
WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
APOSTROPHES = re.compile(r"['’‘ʼʻ`´＇]")
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
TITLES = frozenset(
    "cllr councillor dame dr lady lord miss mr mrs ms mx prof professor rev revd sir".split()  # noqa: SIM905 (a line)
)


def plain_words(text: str) -> list[str]:
    """The words of ``text`` without accents, capitals and signs: what is stored and what is asked alike."""
    return [word.translate(WHOLE_LETTERS) for word in words(text)]


def words_to_find(*texts: str) -> str:
    """Everything by which somebody is found: O’Brien by “o'brien” and by “obrien”."""
    text = " ".join(texts)
    found = [*plain_words(text), *plain_words(APOSTROPHES.sub("", text))]
    return " ".join(dict.fromkeys(found))


def sort_key(name: str, family_name: str = "") -> str:
    """Where lists put somebody, the same in every database."""
    bare = IN_BRACKETS.sub("", name).strip() or name
    family = family_name or (bare.split() or [""])[-1]
    rest = bare.replace(family, " ", 1) if bare.startswith(family) else bare.removesuffix(family)
    return " ".join([*plain_words(APOSTROPHES.sub("", family)), *plain_words(APOSTROPHES.sub("", rest))])


def greeting(name: str, family_name: str = "") -> str:
    """What a friendly page calls somebody who has not said it."""
    first, _blank, rest = name.partition(" ")
    if not rest or first.casefold().strip(".") in TITLES:
        return name
    return rest if family_name and first.casefold() == family_name.casefold() else first
