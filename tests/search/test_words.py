"""Questions are cut in bare words."""

from hypothesis import given, strategies as st

from search.words import MOST_TERMS, WORD, stem, terms, words


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


def test_forms_of_a_word_share_a_stem():
    assert len({stem(word) for word in ("carer", "carers", "caring", "care", "cares")}) == 1
