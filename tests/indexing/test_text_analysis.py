"""Questions are cut in bare words."""

import pytest
from hypothesis import given, strategies as st

from indexing.text_analysis import MOST_TERMS, WORD, beginnings, phrases, stem, terms, unfinished, words


@given(st.text())
def test_terms_hold_letters_and_digits_only(text):
    assert all(WORD.fullmatch(term) for term in terms(text))


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert words(" ".join(words(text))) == words(text)


def test_words_that_only_ask_are_left_out():
    assert terms("How do I borrow a drill?") == ["borrow", "drill"]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("who knows about damp houses", ["damp", "houses"]),
        ("Is there anybody who knows about kerbs?", ["kerbs"]),
        ("where can I get help with debts", ["debts"]),
        ("I need to tell somebody about a pothole", ["pothole"]),
        ("please can you show me the boiler fund", ["boiler", "fund"]),
        ("I would like to know what the gritting order is", ["gritting", "order"]),
        ("home help", ["home", "help"]),
        ("help desk", ["help", "desk"]),
        ("we know what we need", ["we", "know", "what", "we", "need"]),
        ("who knows", ["who", "knows"]),
        ('who knows "need to know"', ["knows", "need", "know"]),
    ],
)
def test_words_of_asking_are_not_looked_for(question, about):
    assert terms(question) == about


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
