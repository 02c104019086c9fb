"""Questions are cut in bare words."""

import pytest
from hypothesis import given, strategies as st

from search.words import MOST_TERMS, WORD, beginnings, phrases, stem, terms, unfinished, words


@given(st.text())
def test_terms_hold_letters_and_digits_only(text):
    assert all(WORD.fullmatch(term) for term in terms(text))


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert words(" ".join(words(text))) == words(text)


def test_words_that_only_ask_are_left_out():
    assert terms("How do I borrow a drill?") == ["borrow", "drill"]


def test_a_question_of_nothing_but_such_words_keeps_them():
    assert terms("Who are we?") == ["who", "are", "we"]


def test_a_repeated_word_stays_repeated():
    assert terms("bread bread") == ["bread", "bread"]


def test_a_long_question_is_cut():
    assert len(terms("bread " * 9999)) == MOST_TERMS


@given(st.text(max_size=200))
def test_whatever_is_quoted_or_starred_comes_as_bare_words(text):
    assert all(WORD.fullmatch(word) for phrase in phrases(text) for word in phrase)
    assert all(WORD.fullmatch(word) for word in beginnings(text))


def test_phrases_stand_in_any_quotation_marks():
    assert phrases('"blue badge" or “Out of Hours” «grit» "x') == [["blue", "badge"], ["out", "of", "hours"], ["grit"]]


def test_a_beginning_has_three_letters_and_a_star():
    assert beginnings("libr* to* grit") == ["libr"]


@pytest.mark.parametrize(
    ("text", "begun"),
    [("the libr", "the libr*"), ("to", ""), ('"blue badge"', ""), ("libr*", ""), ("why?", ""), ("", "")],
)
def test_the_last_word_may_be_unfinished(text, begun):
    assert unfinished(text) == begun


def test_forms_of_a_word_share_a_stem():
    assert len({stem(word) for word in ("carer", "carers", "caring", "care", "cares")}) == 1
