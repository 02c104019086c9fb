"""The sentences of a passage that are shown as the answer, as the real sentence model chooses them."""

import pytest
from hypothesis import given, settings, strategies as st

from indexing.embedding import shared_encoder
from search import answer_extraction
from tests.engines import CountingEncoder

CHAIRS = "The hall has ninety chairs and a kitchen with two ovens that nobody may use after ten at night."
KEYS = "You get the keys from the caretaker, who lives in the green house across the road from the hall."
BINS = "Bins are emptied on the second Thursday, and whoever used the kitchen puts them out on the evening before."
HEATING = "The heating takes three hours, so somebody must switch it on at noon for a meeting in the afternoon."
PASSAGE = " ".join([CHAIRS, BINS, HEATING, BINS.replace("second", "fourth"), KEYS])


@pytest.fixture
def encoder():
    answer_extraction.vector.cache_clear()
    return CountingEncoder()


def test_a_short_passage_is_shown_whole(encoder):
    assert answer_extraction.answer(f"{CHAIRS} {KEYS}", "keys", encoder) == f"{CHAIRS} {KEYS}"
    assert encoder.read == []


def test_the_sentence_with_most_of_the_words_needs_no_model(encoder):
    said = answer_extraction.answer(PASSAGE, "who has the keys of the hall, the caretaker?", encoder)
    assert KEYS in said
    assert said.startswith("… ")
    assert encoder.read == []


def test_where_words_do_not_tell_the_model_reads_the_few_that_hold_one(encoder):
    said = answer_extraction.answer(PASSAGE, "opening the hall", encoder)  # “hall” stands in the first and in the last
    assert KEYS in said
    assert CHAIRS not in said
    assert encoder.read == [CHAIRS, KEYS]


def test_where_no_word_is_there_the_model_reads_them_all(encoder):
    said = answer_extraction.answer(f"{CHAIRS} {BINS} {HEATING} {KEYS}", "radiators warm up slowly", encoder)
    assert HEATING in said
    assert encoder.read == [CHAIRS, BINS, HEATING, KEYS]


def test_what_may_answer_is_not_read_where_all_of_it_is_shown(encoder):
    said = answer_extraction.answer(f"{HEATING} {BINS} {CHAIRS} {KEYS}", "hall", encoder)
    assert CHAIRS in said
    assert KEYS in said
    assert encoder.read == []


WORDS = ["hall", "keys", "kitchen", "night", "the", "a", "caretaker", "bins"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=70)


@given(st.lists(SENTENCES, min_size=1, max_size=9), st.sampled_from(["hall", "the keys", "kitchen night"]))
@settings(max_examples=60, deadline=None)
def test_an_answer_is_a_stretch_of_its_passage_and_no_longer_than_it_may_be(passage, question):
    sentences = [" ".join(words).capitalize() + "." for words in passage]
    said = answer_extraction.answer(" ".join(sentences), question, shared_encoder())
    bare = said.removeprefix("… ").removesuffix(" …")
    assert bare in " ".join(sentences)
    assert len(bare.split()) <= max(answer_extraction.WIDTH, *map(len, passage))
    assert said.startswith("… ") or bare.startswith(sentences[0])
    assert said.endswith(" …") or bare.endswith(sentences[-1])
