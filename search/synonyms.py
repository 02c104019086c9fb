"""Widens a question by what editors know to mean the same."""

from collections.abc import Sequence

from indexing.text_analysis import words
from search.models import Synonyms

Groups = Sequence[Sequence[str]]

MOST = 24  # words that a question is widened by


def widening(text: str, known: Groups | None = None) -> str:
    """The other expressions of every group that ``text`` uses, as words with blanks between them.

    Whoever asks more than one question reads the ``groups`` once and hands them over.
    """
    return " ".join(others(text, groups() if known is None else known).split()[:MOST])


def groups() -> Groups:
    """Every group of expressions that mean the same."""
    return [group.alternatives for group in Synonyms.objects.all()]


def meanings(text: str, groups: Groups) -> list[tuple[list[str], list[list[str]]]]:
    """The words of each expression in ``text`` that has others of the same meaning, and the words of those."""
    asked = f" {' '.join(words(text))} "
    return [
        (each.split(), [other.split() for other in group if other != each])
        for group in groups
        for each in group
        if f" {each} " in asked
    ]


def others(text: str, groups: Groups) -> str:
    """The expressions that mean the same as one in ``text``. An expression counts where its words stand in a row."""
    asked = f" {' '.join(words(text))} "
    found: dict[str, None] = {}
    for group in groups:
        used = [each for each in group if f" {each} " in asked]
        if used:
            found |= dict.fromkeys(each for each in group if each not in used)
    return " ".join(found)
