"""Small pieces of a page that are kept under what they show."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from core.fragments import kept_by_value

MINUTE = 60


@dataclass(frozen=True)
class Word:
    text: str
    is_mine: bool = False


@pytest.fixture
def made():
    """What was made anew, in order."""
    return []


def pieces(made, *values):
    def make(value):
        made.append(value)
        return f"<b>{value.text}{' (mine)' if value.is_mine else ''}</b>"

    return kept_by_value("test", values, MINUTE, make)


def test_each_value_is_made_once_and_stands_in_its_place(made):
    one, other = Word("one"), Word("other")
    assert pieces(made, one, other, one) == ["<b>one</b>", "<b>other</b>", "<b>one</b>"]
    assert pieces(made, other, one) == ["<b>other</b>", "<b>one</b>"]
    assert made == [one, other]


def test_a_piece_that_says_nothing_is_kept_too():
    for _time in range(2):
        assert kept_by_value("test", [Word("")], MINUTE, lambda _value: "") == [""]


def test_what_differs_in_anything_is_another_piece(made):
    assert pieces(made, Word("one"), Word("one", is_mine=True)) == ["<b>one</b>", "<b>one (mine)</b>"]


@pytest.mark.parametrize(
    "around", [Word, lambda text: (text,), lambda text: Word(([text],))], ids=["", "tuple", "deep"]
)
def test_what_somebody_typed_never_gets_the_piece_of_the_same_letters_as_html(around):
    typed, html = around("<b>x</b>"), around(mark_safe("<b>x</b>"))
    assert typed == html, "they look alike"
    kept = kept_by_value("test", [html, typed], MINUTE, lambda value: "HTML" if value is html else "typed")
    assert kept == ["HTML", "typed"]


@pytest.mark.parametrize("changed", ["language", "day"])
def test_what_words_depend_on_is_part_of_the_key(made, changed, monkeypatch):
    pieces(made, Word("Today"))
    if changed == "language":
        with translation.override("cy"):
            pieces(made, Word("Today"))
    else:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2030, 1, 1))
        pieces(made, Word("Today"))
    assert len(made) == 2
